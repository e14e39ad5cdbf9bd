package io.tidewatch.wire;

/** Decides what becomes of each request that passes; called on the thread of its connection, which waits for it. */
public interface Weather {

    /** The server has not seen it yet. */
    Fate before(WireRequest request);

    /** The server has answered it; the client has not heard of that. */
    Fate after(WireRequest request);

    Weather FAIR = new Weather() {
        @Override
        public Fate before(WireRequest request) {
            return Fate.PASS;
        }

        @Override
        public Fate after(WireRequest request) {
            return Fate.PASS;
        }
    };
}
