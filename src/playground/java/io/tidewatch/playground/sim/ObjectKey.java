package io.tidewatch.playground.sim;

/** Which object of a kind: its namespace and name. */
record ObjectKey(String namespace, String name) {
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
