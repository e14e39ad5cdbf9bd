package io.tidewatch.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StrangerTextTest {

    @Test
    void ordinaryTextStaysTheSameObject() {
        String subject = "Raise checkout to 7 für Dana, 결제 📈";
        assertSame(subject, StrangerText.message(subject));
    }

    @Test
    void whatMovesACursorIsDropped() {
        assertEquals("E[2Jve", StrangerText.name("E\u001b[2Jve"));
        assertEquals("E2Jve", StrangerText.name("E\u009b2Jve"));
        assertEquals("title", StrangerText.name("\u0007title\u0008"));
    }

    @Test
    void whatReversesOrHidesIsDropped() {
        assertEquals("ab", StrangerText.name("a\u202e\u2066\u200b\u00ad\ufeffb"));
        assertEquals("ab", StrangerText.name("a\ue000\udb80\udc00b"));
        assertEquals("ab", StrangerText.name("a\ud800b"));
        assertEquals("ab", StrangerText.name("a\udc00b"));
    }

    @Test
    void lineBreaksAndRunsOfSpaceBecomeOneSpace() {
        assertEquals("one two", StrangerText.name(" one\r\n\t two\u2028"));
        assertEquals("one two", StrangerText.name("one\u0085\u00a0\u2003two "));
        assertEquals("18:00 forged", StrangerText.name("18:00\rforged"));
        assertEquals("", StrangerText.name(" \n\u200b "));
    }

    @Test
    void boundIsCountedInCodePointsAndEndsInAnEllipsis() {
        assertEquals("📈📈📈", StrangerText.bounded("📈📈📈", 3));
        assertEquals("📈📈…", StrangerText.bounded("📈📈📈📈", 3));
        assertEquals("a…", StrangerText.bounded("a bcd", 3));
        assertEquals("a b", StrangerText.bounded("a b \u200b ", 3));
        assertEquals("…", StrangerText.bounded("ab", 1));
    }

    @Test
    void anyTextComesOutCleanBoundedAndStaysAsItIs() {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            String raw = HostileText.of(random, 40);
            int length = 1 + random.nextInt(20);
            String clean = StrangerText.bounded(raw, length);
            HostileText.assertClean(clean, length);
            assertEquals(clean, StrangerText.bounded(clean, length));
        }
    }

    @Test
    void theForbiddenAreExactlyTheNamedCategories() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String text = "a" + Character.toString(point) + "b";
            boolean forbidden =
                    new String(Character.toChars(point)).matches("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}]");
            assertEquals(forbidden, StrangerText.isForbidden(point), Integer.toHexString(point));
            assertTrue(StrangerText.name(text).codePoints().noneMatch(StrangerText::isForbidden));
        }
    }
}
