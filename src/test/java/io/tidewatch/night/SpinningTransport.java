package io.tidewatch.night;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportProtocol;
import org.eclipse.jgit.transport.URIish;

/** An endless loop inside JGit, for the addresses that it is told: it ignores interrupts, and whoever pulls never returns. */
final class SpinningTransport extends TransportProtocol {

    private final Set<String> addresses = ConcurrentHashMap.newKeySet();
    private final Consumer<String> said;

    /** @param said told {@code spins} when a pull begins to spin, and {@code interrupted} at each interrupt of it */
    SpinningTransport(Consumer<String> said) {
        this.said = said;
        Transport.register(this);
    }

    /** From the next pull on. */
    void at(String url) {
        addresses.add(url);
    }

    @Override
    public String getName() {
        return "an endless loop";
    }

    @Override
    public boolean canHandle(URIish uri, Repository local, String remoteName) {
        return addresses.contains(uri.toString());
    }

    @Override
    public Transport open(URIish uri, Repository local, String remoteName) {
        said.accept("spins");
        while (true) {
            if (Thread.interrupted()) {
                said.accept("interrupted");
            }
            Thread.onSpinWait();
        }
    }
}
