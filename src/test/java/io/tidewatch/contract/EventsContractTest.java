package io.tidewatch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events are written once and found by the object they are about. */
class EventsContractTest extends ClusterContract {

    private static String event(String about, String reason) {
        return "{'apiVersion':'v1','kind':'Event','metadata':{'generateName':'" + about
                + ".'},'involvedObject':{'apiVersion':'keda.sh/v1alpha1','kind':'ScaledObject','namespace':'"
                + namespace
                + "','name':'" + about + "'},'reason':'" + reason
                + "','message':'minimum 5 to 7','type':'Normal','count':1,'firstTimestamp':'2026-11-22T13:30:00Z',"
                + "'lastTimestamp':'2026-11-22T13:30:00Z','source':{'component':'tidewatch'}}";
    }

    @Test
    void eventIsFoundByTheObjectItIsAbout() {
        String about = uniqueName();
        api.create(in(EVENTS), event(about, "MinimumRaised")).ok();
        api.create(in(EVENTS), event(uniqueName(), "MinimumRaised")).ok();

        JsonNode found = api.get(in(EVENTS) + "?fieldSelector=involvedObject.name%3D" + about)
                .ok();

        assertThat(found.path("items")).hasSize(1);
        assertThat(found.path("items").path(0).path("reason").asText()).isEqualTo("MinimumRaised");
    }

    @Test
    void repeatedEventIsCountedByAPatch() {
        String about = uniqueName();
        String name = api.create(in(EVENTS), event(about, "MinimumRaised"))
                .ok()
                .path("metadata")
                .path("name")
                .asText();

        JsonNode patched = api.merge(in(EVENTS) + "/" + name, "{'count':2,'lastTimestamp':'2026-11-22T13:31:00Z'}")
                .ok();

        assertThat(patched.path("count").asInt()).isEqualTo(2);
    }

    private static String eventOfTheNewerApi(String name, String time) {
        return "{'apiVersion':'events.k8s.io/v1','kind':'Event','metadata':{'name':'" + name
                + "'},'eventTime':'" + time + "','regarding':{'apiVersion':'keda.sh/v1alpha1','kind':'ScaledObject',"
                + "'namespace':'" + namespace + "','name':'web'},'reason':'MinimumRaised','action':'MinimumRaised',"
                + "'note':'minimum 5 to 7','type':'Normal','reportingController':'tidewatch.io/reconciler',"
                + "'reportingInstance':'tidewatch'}";
    }

    @Test
    void eventOfTheNewerApiIsAcceptedOnce() {
        String name = uniqueName() + ".1";

        api.create(in(NEWER_EVENTS), eventOfTheNewerApi(name, "2026-11-22T13:30:00.000000Z"))
                .ok();

        JsonNode status = api.create(in(NEWER_EVENTS), eventOfTheNewerApi(name, "2026-11-22T13:31:00.000000Z"))
                .refused(409);
        assertThat(status.path("reason").asText()).isEqualTo("AlreadyExists");
    }

    /** Written by {@code Instant.toString()}, every Event of a window's edge was refused by a real API server. */
    @Test
    void eventTimeHasSixDigitsOfFraction() {
        for (String time :
                List.of("2026-11-22T13:30:00Z", "2026-11-22T13:30:00.123Z", "2026-11-22T13:30:00.123456789Z")) {
            JsonNode status = api.create(in(NEWER_EVENTS), eventOfTheNewerApi(uniqueName() + ".1", time))
                    .refused(400);
            assertThat(status.path("message").asText()).contains("parsing time \"" + time + "\"");
        }
    }

    @Test
    void anAccessReviewReturnsThePermissions() {
        JsonNode review = api.create(
                        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        "{'apiVersion':'authorization.k8s.io/v1','kind':'SelfSubjectAccessReview','spec':{"
                                + "'resourceAttributes':{'verb':'create','resource':'events','namespace':'" + namespace
                                + "'}}}")
                .ok();

        assertThat(review.path("status").path("allowed").asBoolean()).isTrue();
    }

    @Test
    void versionIsReported() {
        assertThat(api.get("/version").ok().path("gitVersion").asText()).startsWith("v1.");
    }
}
