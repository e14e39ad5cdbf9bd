package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the product's log leaves out, since nobody can act on it. */
class LogTest {

    @Test
    void aSlowStartOfTheClientIsNobodysBusiness() throws JoranException {
        LoggerContext product = new LoggerContext();
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(product);
        reader.doConfigure(Path.of("src/main/resources/logback.xml").toFile());

        assertThat(product.getLogger("io.vertx.core.impl.BlockedThreadChecker").isErrorEnabled())
                .isFalse();
        assertThat(product.getLogger("io.tidewatch").isInfoEnabled()).isTrue();
    }

    /** Otherwise it would be asked of the JDK's logging, which says all of it. */
    @Test
    void vertxLogsWhereWeDo() {
        @SuppressWarnings("deprecation") // the one in use does not say what is behind it
        Object behind = io.vertx.core.logging.LoggerFactory.getLogger("io.vertx.x")
                .getDelegate()
                .unwrap();

        assertThat(behind).isInstanceOf(ch.qos.logback.classic.Logger.class);
    }
}
