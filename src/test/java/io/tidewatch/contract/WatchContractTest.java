package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watches that begin, resume, and find out that they cannot. */
class WatchContractTest extends ClusterContract {

    private static final int TOO_MANY_REQUESTS = 429;

    private static final class Noting<T extends HasMetadata> implements Watcher<T> {

        final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @Override
        public void eventReceived(Action action, T object) {
            if (!object.getMetadata().getName().equals("kube-root-ca.crt")) {
                seen.add(action + " " + object.getMetadata().getName());
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            seen.add(cause.isHttpGone() ? "gone" : "closed: " + cause.getMessage());
        }

        String next() throws InterruptedException {
            return seen.poll(30, TimeUnit.SECONDS);
        }
    }

    private static Watch watch(Noting<ConfigMap> noting, ListOptions options) {
        return client.configMaps().inNamespace(namespace).watch(options, noting);
    }

    private static String created(String name) {
        return version(api.create(
                        in(CONFIG_MAPS),
                        "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'" + name
                                + "','labels':{'watch':'me'}}}")
                .ok());
    }

    @Test
    void watchFromARevisionSeesOnlyWhatCameLater() throws InterruptedException {
        String first = uniqueName();
        String second = uniqueName();
        String revision = created(first);
        created(second);
        Noting<ConfigMap> noting = new Noting<>();

        try (Watch watch = watch(
                noting, new ListOptionsBuilder().withResourceVersion(revision).build())) {
            assertThat(noting.next()).isEqualTo("ADDED " + second);
            api.merge(in(CONFIG_MAPS) + "/" + first, "{'data':{'a':'1'}}").ok();
            assertThat(noting.next()).isEqualTo("MODIFIED " + first);
            api.delete(in(CONFIG_MAPS) + "/" + second, "{}").ok();
            assertThat(noting.next()).isEqualTo("DELETED " + second);
        }
    }

    @Test
    void watchFromNoRevisionBeginsWithWhatIsThere() throws InterruptedException {
        String name = uniqueName();
        created(name);
        Noting<ConfigMap> noting = new Noting<>();

        try (Watch watch = watch(
                noting,
                new ListOptionsBuilder()
                        .withFieldSelector("metadata.name=" + name)
                        .build())) {
            assertThat(noting.next()).isEqualTo("ADDED " + name);
            api.delete(in(CONFIG_MAPS) + "/" + name, "{}").ok();
            assertThat(noting.next()).isEqualTo("DELETED " + name);
        }
    }

    @Test
    void brokenOffWatchGoesOnFromTheRevisionItSawLast() throws InterruptedException {
        String name = uniqueName();
        String revision = created(name);
        Noting<ConfigMap> first = new Noting<>();
        try (Watch watch = watch(
                first, new ListOptionsBuilder().withResourceVersion(revision).build())) {
            revision = version(api.merge(in(CONFIG_MAPS) + "/" + name, "{'data':{'a':'1'}}")
                    .ok());
            assertThat(first.next()).isEqualTo("MODIFIED " + name);
        }
        api.delete(in(CONFIG_MAPS) + "/" + name, "{}").ok();
        Noting<ConfigMap> second = new Noting<>();

        try (Watch watch = watch(
                second, new ListOptionsBuilder().withResourceVersion(revision).build())) {
            assertThat(second.next()).isEqualTo("DELETED " + name);
        }
    }

    /** A server knows nothing of a custom resource from before its CRD; of ConfigMaps it may know since revision 1. */
    @Test
    void watchFromAForgottenRevisionIsGone() throws InterruptedException {
        requireScaledObjects();
        Noting<GenericKubernetesResource> noting = new Noting<>();

        CompletableFuture<Watch> opening =
                CompletableFuture.supplyAsync(() -> scaledObjectsFromTheFirstRevision(noting), EACH_IN_A_THREAD);
        opening.whenComplete((watch, error) -> {
            if (error != null) {
                noting.seen.add("not opened: " + error);
            }
        });

        assertThat(noting.next()).isEqualTo("gone");
        opening.thenAccept(Watch::close);
    }

    /**
     * fabric8 opens a watch without a limit of time. A watch that ends before fabric8 knows that it is open is now and then never
     * reported as open, so that the caller would wait for ever.
     */
    private static final Executor EACH_IN_A_THREAD = task -> {
        Thread thread = new Thread(task, "opens-a-watch");
        thread.setDaemon(true);
        thread.start();
    };

    /** An API server that has just begun to serve a custom resource answers 429 to who watches it, for a moment. */
    private static Watch scaledObjectsFromTheFirstRevision(Noting<GenericKubernetesResource> noting) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            try {
                return client.genericKubernetesResources("keda.sh/v1alpha1", "ScaledObject")
                        .inNamespace(namespace)
                        .watch(new ListOptionsBuilder().withResourceVersion("1").build(), noting);
            } catch (KubernetesClientException notYet) {
                if (notYet.getCode() != TOO_MANY_REQUESTS || System.nanoTime() - end > 0) {
                    throw notYet;
                }
            }
        }
    }

    @Test
    void objectThatStopsMatchingIsDeletedForThisWatch() throws InterruptedException {
        String name = uniqueName();
        String revision = created(name);
        Noting<ConfigMap> noting = new Noting<>();

        try (Watch watch = watch(
                noting,
                new ListOptionsBuilder()
                        .withResourceVersion(revision)
                        .withLabelSelector("watch in (me)")
                        .build())) {
            api.merge(in(CONFIG_MAPS) + "/" + name, "{'metadata':{'labels':{'watch':null}}}")
                    .ok();
            assertThat(noting.next()).isEqualTo("DELETED " + name);
            api.merge(in(CONFIG_MAPS) + "/" + name, "{'metadata':{'labels':{'watch':'me'}}}")
                    .ok();
            assertThat(noting.next()).isEqualTo("ADDED " + name);
        }
    }

    @Test
    void dryRunAndNoOpAreNotSeen() throws InterruptedException {
        String name = uniqueName();
        String revision = created(name);
        Noting<ConfigMap> noting = new Noting<>();

        try (Watch watch = watch(
                noting, new ListOptionsBuilder().withResourceVersion(revision).build())) {
            api.merge(in(CONFIG_MAPS) + "/" + name + "?dryRun=All", "{'data':{'a':'1'}}")
                    .ok();
            api.merge(in(CONFIG_MAPS) + "/" + name, "{'metadata':{'labels':{'watch':'me'}}}")
                    .ok();
            api.delete(in(CONFIG_MAPS) + "/" + name, "{}").ok();
            assertThat(noting.next()).isEqualTo("DELETED " + name);
        }
    }
}
