package io.tidewatch.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tidewatch.config.Configuration;
import io.tidewatch.loop.RunMode;
import io.tidewatch.model.report.DiaryEntry;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Starts the reconciler for {@code run}. The entry point of the process implements it, because the wiring is there. */
@FunctionalInterface
public interface ReconcilerStarter {

    /**
     * Returns once every route is started; passes begin with the first commit that is read.
     *
     * @param client the caller closes it
     * @param home the installation, which may have a folder routes/
     * @param log given each line of the diary once it is in the journal
     */
    Running start(
            Configuration configuration, KubernetesClient client, Path home, RunMode mode, Consumer<DiaryEntry> log);

    /** A started reconciler; to close it stops the routes and finishes the writes to the journal. */
    interface Running extends AutoCloseable {

        @Override
        void close();
    }
}
