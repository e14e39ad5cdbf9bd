package io.tidewatch.app.stage;

import io.tidewatch.alert.Delivery;
import io.tidewatch.model.Receiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.mail.DefaultAuthenticator;
import org.apache.camel.component.slack.SlackComponent;
import org.apache.camel.component.slack.SlackEndpoint;

/**
 * What holds the secrets of receivers, by the names under which their addresses refer to it. A secret that stands in an
 * address, or is a text in the registry, is cut at {@code &}, resolved at <code>{{</code>, and logged by Camel as it is set.
 */
public final class ReceiverBeans {

    private ReceiverBeans() {}

    /** To be bound before the first message is sent. */
    public static Map<String, Object> of(List<Receiver> receivers) {
        Map<String, Object> beans = new HashMap<>();
        for (Receiver receiver : receivers) {
            if (receiver instanceof Receiver.SlackWebhook slack) {
                beans.put(Delivery.beanName(slack), new Webhook(slack.webhookUrl()));
            } else if (receiver instanceof Receiver.Email email) {
                email.smtp()
                        .username()
                        .ifPresent(name -> beans.put(
                                Delivery.beanName(email),
                                new DefaultAuthenticator(
                                        name, email.smtp().password().orElse(""))));
            }
        }
        return beans;
    }

    /** A webhook belongs to a channel; one of the older kind would follow the name of another that the component sends along. */
    private static final class Webhook extends SlackComponent {

        Webhook(String url) {
            setWebhookUrl(url);
        }

        @Override
        protected Endpoint createEndpoint(String uri, String channelName, Map<String, Object> parameters)
                throws Exception {
            SlackEndpoint endpoint = (SlackEndpoint) super.createEndpoint(uri, channelName, parameters);
            endpoint.setChannel(null);
            return endpoint;
        }
    }
}
