package io.tidewatch.alert;

import io.tidewatch.model.report.AlertMessage;
import io.tidewatch.text.PagePath;
import java.util.Optional;

/** The last line of a message about an incident: where its page is. */
final class PageLink {

    private PageLink() {}

    /** @param page where people find the page; empty: the message stays as it is */
    static AlertMessage on(AlertMessage message, Optional<String> page) {
        if (page.isEmpty() || message.about().isEmpty()) {
            return message;
        }
        String link = page.get() + PagePath.incident(message.about().get(0));
        String body = message.body().isEmpty() ? link : message.body().stripTrailing() + "\n" + link;
        return message.with(AlertMessage.Text.headline(message.headline()).body(body));
    }
}
