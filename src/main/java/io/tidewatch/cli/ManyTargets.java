package io.tidewatch.cli;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.cluster.ServerMessages;
import io.tidewatch.model.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Sends one request for each of many targets, a few at a time. */
final class ManyTargets {

    private static final int TOGETHER = 8;
    private static final int FAILED = 2;

    private ManyTargets() {}

    /**
     * @return why the requests of some targets failed, in the order of the targets; empty if all were carried out
     */
    static Map<Target, String> failures(Collection<Target> targets, Consumer<Target> request) {
        ExecutorService workers = Executors.newFixedThreadPool(TOGETHER);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (Target target : targets) {
                answers.add(workers.submit(() -> failure(target, request)));
            }
            Map<Target, String> failures = new LinkedHashMap<>();
            int at = 0;
            for (Target target : targets) {
                String failure = answers.get(at++).get();
                if (!failure.isEmpty()) {
                    failures.put(target, failure);
                }
            }
            return failures;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted; some targets may have been written", e);
        } catch (ExecutionException ours) {
            throw new IllegalStateException(ours.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    /**
     * Prints how many were written, and each that was not.
     *
     * @param of how many there are
     * @return the exit code: 2 if some failed
     */
    static int report(int of, Map<Target, String> failures, String done, String failed) {
        int count = of - failures.size();
        Tidewatch.out()
                .println((failures.isEmpty() ? "" : count + " of ")
                        + of
                        + (of == 1 ? " target  " : " targets  ")
                        + done);
        failures.forEach((target, why) -> Tidewatch.err().println("tidewatch: " + target + "  " + failed + ": " + why));
        return failures.isEmpty() ? 0 : FAILED;
    }

    private static String failure(Target target, Consumer<Target> request) {
        try {
            request.accept(target);
            return "";
        } catch (KubernetesClientException failed) {
            return ServerMessages.of(failed);
        }
    }
}
