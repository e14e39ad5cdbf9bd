package io.tidewatch.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.HttpTransport;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * JGit's factory of connections for the whole JVM, for those who use JGit without giving it one: camel-git's producer pushes so. A thread
 * that has said which connections it wants gets these; any other thread gets JGit's own.
 */
final class ThreadConnections implements HttpConnectionFactory {

    private static final ThreadLocal<@Nullable HttpConnectionFactory> OF_THREAD = new ThreadLocal<>();

    private final HttpConnectionFactory otherwise;

    private ThreadConnections(HttpConnectionFactory otherwise) {
        this.otherwise = otherwise;
    }

    /** From now on, until {@link #end}, connections of this thread are made by this factory. */
    static synchronized void use(HttpConnectionFactory connections) {
        HttpConnectionFactory now = HttpTransport.getConnectionFactory();
        if (!(now instanceof ThreadConnections)) {
            HttpTransport.setConnectionFactory(new ThreadConnections(now));
        }
        OF_THREAD.set(connections);
    }

    static void end() {
        OF_THREAD.remove();
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return current().create(url);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        return current().create(url, proxy);
    }

    private HttpConnectionFactory current() {
        HttpConnectionFactory own = OF_THREAD.get();
        return own == null ? otherwise : own;
    }
}
