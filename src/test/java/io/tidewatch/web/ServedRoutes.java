package io.tidewatch.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The routes of the page, as they lie in the project, over some knowledge. */
final class ServedRoutes implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();
    private final WebServer server;

    private ServedRoutes(WebServer server) {
        this.server = server;
    }

    static ServedRoutes of(Knowledge knowledge, Access access) {
        return of(knowledge, access, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static ServedRoutes of(Knowledge knowledge, Access access, InetSocketAddress address) {
        ServedRoutes served = new ServedRoutes(WebServer.open(address, access));
        try {
            served.context.getRegistry().bind("platform-http-engine", served.server);
            served.context.getRegistry().bind("pages", new PageStage(knowledge));
            served.context.getRegistry().bind("api", new ApiStage(knowledge));
            served.context.getRegistry().bind("files", new FileStage());
            PluginHelper.getRoutesLoader(served.context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(
                            served.context,
                            "file:" + Path.of("routes/85-web.yaml").toAbsolutePath()));
            served.context.start();
        } catch (Exception e) {
            served.close();
            throw new IllegalStateException(e);
        }
        return served;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        context.stop();
        server.close();
    }
}
