package io.tidewatch.playground.api;

import io.fabric8.mockwebserver.http.MockResponse;
import java.time.Duration;

/** A {@link Fault} as a response. */
final class WireFault {

    private WireFault() {}

    /** Whether the fault stands in the place of the server's answer. */
    static boolean replaces(Fault fault) {
        return fault.isCut() || fault.code().isPresent();
    }

    static MockResponse response(Fault fault) {
        if (fault.isCut()) {
            // The web server adds the true length: two that differ are no HTTP, and the client hangs up.
            return new MockResponse()
                    .setResponseCode(200)
                    .setHeader("Content-Length", "1")
                    .setBody("cut off");
        }
        int code = fault.code().orElseThrow();
        MockResponse response = new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(ApiFailure.injected(code, reason(code), fault.message())
                        .status()
                        .toString());
        fault.retryAfter().ifPresent(after -> response.setHeader("Retry-After", after.toSeconds()));
        return response;
    }

    private static String reason(int code) {
        return switch (code) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 500 -> "InternalError";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "Unknown";
        };
    }

    static void delay(MockResponse response, Duration delay) {
        if (!delay.isZero()) {
            response.setBodyDelay(delay);
        }
    }
}
