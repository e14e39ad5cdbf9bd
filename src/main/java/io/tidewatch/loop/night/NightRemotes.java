package io.tidewatch.loop.night;

import io.tidewatch.git.ReportBranch;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.git.GitComponent;
import org.apache.camel.component.git.GitEndpoint;
import org.eclipse.jgit.transport.PushResult;

/**
 * The addresses of working copies for the route that commits and pushes. An address is an object and no text, so that no secret stands in a
 * URI, which Camel logs.
 */
public record NightRemotes(CamelContext context) {

    /** With the login as it is now. */
    public Endpoint endpoint(NightJob job) {
        GitComponent component = context.getComponent("git", GitComponent.class);
        GitEndpoint endpoint = new GitEndpoint("git:" + job.source().name(), component);
        endpoint.setCamelContext(context);
        endpoint.setLocalPath(job.source().branch().folder().toString());
        endpoint.setRemoteName(ReportBranch.REMOTE);
        job.source().login().ifPresent(login -> {
            endpoint.setUsername(login.username());
            endpoint.setPassword(login.password().get());
        });
        return endpoint;
    }

    /** Throws where the remote did not take the commit. */
    public void accepted(NightJob job, Iterable<PushResult> results) {
        job.source().branch().accepted(results);
    }
}
