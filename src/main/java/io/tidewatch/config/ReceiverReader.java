package io.tidewatch.config;

import io.tidewatch.model.definition.Receiver;
import io.tidewatch.model.definition.Receiver.Smtp;
import io.tidewatch.model.definition.SecretText;
import io.tidewatch.yaml.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one receiver of {@code alerts.yaml}. Its type decides which fields it may have. */
final class ReceiverReader {

    private static final Set<String> SLACK = Set.of("webhookUrl", "token", "channel");
    private static final Set<String> EMAIL = Set.of("from", "to", "smtp");
    static final Set<String> SMTP_FIELDS = Set.of("host", "port", "startTls", "username", "password");
    private static final Set<String> LATER = Set.of("webhook", "alertmanager", "heartbeat", "pagerduty");

    static final Set<String> FIELDS = Set.of(
            "name",
            "type",
            "webhookUrl",
            "token",
            "channel",
            "from",
            "to",
            "smtp",
            "url",
            "secret",
            "every",
            "routingKey");

    private final ConfigurationProblems problems;

    ReceiverReader(ConfigurationProblems problems) {
        this.problems = problems;
    }

    Optional<Receiver> read(Section section) {
        Optional<String> name = section.required("name", "routes refer to a receiver by its name");
        Optional<String> type = section.required("type", "slack or email");
        if (name.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        if (LATER.contains(type.get())) {
            problems.notSupported(section.at("type"), "a receiver of type " + type.get());
            return Optional.empty();
        }
        return switch (type.get()) {
            case "slack" -> slack(section, name.get());
            case "email" -> email(section, name.get());
            default -> {
                problems.error(
                        section.at("type"),
                        "wrong-value",
                        type.get() + " is not a type of receiver; write slack or email"
                                + Nearest.hint(type.get(), List.of("slack", "email")));
                yield Optional.empty();
            }
        };
    }

    private Optional<Receiver> slack(Section section, String name) {
        reportFieldsOfOtherTypes(section, SLACK, "slack");
        if (section.has("token") || section.has("channel")) {
            problems.notSupported(
                    section.at(section.has("token") ? "token" : "channel"), "slack with token and channel");
            return Optional.empty();
        }
        if (!section.has("webhookUrl")) {
            section.missing("webhookUrl", "write the URL of the incoming webhook in Slack");
        }
        Optional<String> webhook = section.parsed("webhookUrl", ReceiverReader::webUrl, "an http:// or https:// URL");
        if (webhook.filter(ReceiverReader::isPlain).isPresent()) {
            problems.warning(
                    section.at("webhookUrl"),
                    "clear-text-webhook",
                    "over http the URL, which is the secret, is sent in clear text; use https");
        }
        return webhook.map(url -> new Receiver.SlackWebhook(
                name, section.readAgain("webhookUrl", url, text -> webUrl(text).isPresent())));
    }

    private Optional<Receiver> email(Section section, String name) {
        reportFieldsOfOtherTypes(section, EMAIL, "email");
        if (!section.has("from")) {
            section.missing("from", "write the address that alerts are sent from");
        }
        Optional<String> from =
                section.parsed("from", ReceiverReader::address, "one address, as tidewatch@example.com");
        List<String> to = section.texts("to");
        if (to.isEmpty()) {
            section.missing("to", "name at least one address");
        }
        if (to.stream().anyMatch(address -> address(address).isEmpty())) {
            problems.error(section.at("to"), "wrong-value", "to must be a list of addresses, as [oncall@example.com]");
        }
        if (!section.has("smtp")) {
            section.missing("smtp", "write the mail server: smtp: {host: smtp.example.com}");
        }
        Optional<Smtp> smtp = section.section("smtp", SMTP_FIELDS).flatMap(this::smtp);
        return from.flatMap(sender -> smtp.map(server -> new Receiver.Email(name, sender, to, server)));
    }

    private Optional<Smtp> smtp(Section section) {
        Optional<String> host = section.required("host", "write the mail server");
        int port = section.parsed("port", text -> Values.number(text, 1, 65_535), "a number from 1 to 65535")
                .orElse(587);
        boolean startTls = section.flag("startTls", true);
        Optional<String> username = section.text("username");
        Optional<SecretText> password =
                section.text("password").map(now -> section.readAgain("password", now, text -> true));
        if (section.has("username") != section.has("password")) {
            section.missing(section.has("username") ? "password" : "username", "a login needs username and password");
        }
        boolean elsewhere = host.filter(ReceiverReader::isLoopback).isEmpty();
        if (!startTls && password.isPresent() && elsewhere && !problems.anyError()) {
            problems.warning(
                    section.at("startTls"),
                    "clear-text-login",
                    "with startTls: false the password is sent in clear text; leave startTls out");
        }
        return host.map(name -> new Smtp(name, port, startTls, username, password));
    }

    private void reportFieldsOfOtherTypes(Section section, Set<String> allowed, String type) {
        for (String field : FIELDS) {
            if (section.has(field) && !allowed.contains(field) && !field.equals("name") && !field.equals("type")) {
                problems.error(
                        section.at(field),
                        "unknown-field",
                        "a receiver of type " + type + " has no " + field + "; leave it out");
            }
        }
    }

    private static Optional<String> webUrl(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null ? Optional.of(text) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String url) {
        return url.startsWith("http:") && !isLoopback(URI.create(url).getHost());
    }

    private static boolean isLoopback(String host) {
        return host.matches("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|::1");
    }

    private static Optional<String> address(String text) {
        return text.matches("[^\\s@<>,;]{1,300}@[^\\s@<>,;]{1,300}") ? Optional.of(text) : Optional.empty();
    }
}
