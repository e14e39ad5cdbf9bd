package io.tidewatch.journal.content;

import static io.tidewatch.journal.content.JournalSamples.NIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DroppedMessagesTest {

    @Test
    void theLineNamesTenReceivers() {
        Map<String, Integer> byReceiver = new HashMap<>();
        IntStream.rangeClosed(1, 12).forEach(i -> byReceiver.put("r" + i, i));

        assertThat(DroppedMessages.of(NIGHT, byReceiver).text())
                .contains("78 messages", "12 to r12, 11 to r11,", " 3 to r3 and to 2 more receivers;");
    }
}
