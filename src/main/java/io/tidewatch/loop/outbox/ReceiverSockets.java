package io.tidewatch.loop.outbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to mail servers, by receiver, so that another thread can close them: the mail library's own timeouts are for
 * each read, and a server that sends a byte now and then would hold its thread without end.
 */
public final class ReceiverSockets implements ReceiverConnections {

    private static final Logger log = LoggerFactory.getLogger(ReceiverSockets.class);

    private final Map<String, Set<Socket>> open = new ConcurrentHashMap<>();

    @Override
    public void cut(String receiver) {
        Set<Socket> sockets = open.remove(receiver);
        if (sockets != null) {
            sockets.forEach(ReceiverSockets::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("a connection to a receiver could not be closed", e);
        }
    }

    /** Makes plain connections, on which TLS may begin later. */
    SocketFactory plain(String receiver) {
        return new Watched(receiver, SocketFactory.getDefault());
    }

    /** Makes connections that begin with TLS. */
    SSLSocketFactory encrypted(String receiver) {
        return new WatchedTls(receiver, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private Socket opened(String receiver, Socket socket) {
        Set<Socket> sockets = open.computeIfAbsent(receiver, name -> ConcurrentHashMap.newKeySet());
        sockets.removeIf(Socket::isClosed);
        sockets.add(socket);
        return socket;
    }

    private final class Watched extends SocketFactory {

        private final String receiver;
        private final SocketFactory factory;

        private Watched(String receiver, SocketFactory factory) {
            this.receiver = receiver;
            this.factory = factory;
        }

        @Override
        public Socket createSocket() throws IOException {
            return opened(receiver, factory.createSocket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return opened(receiver, factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return opened(receiver, factory.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return opened(receiver, factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return opened(receiver, factory.createSocket(host, port, local, localPort));
        }
    }

    private final class WatchedTls extends SSLSocketFactory {

        private final String receiver;
        private final SSLSocketFactory factory;

        private WatchedTls(String receiver, SSLSocketFactory factory) {
            this.receiver = receiver;
            this.factory = factory;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket() throws IOException {
            return opened(receiver, factory.createSocket());
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return opened(receiver, factory.createSocket(socket, host, port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return opened(receiver, factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return opened(receiver, factory.createSocket(host, port, local, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return opened(receiver, factory.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return opened(receiver, factory.createSocket(host, port, local, localPort));
        }
    }
}
