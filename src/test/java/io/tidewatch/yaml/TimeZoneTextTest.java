package io.tidewatch.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which time zones are accepted, and what is advised for the others. */
class TimeZoneTextTest {

    private static final Instant JULY = Instant.parse("2027-07-01T00:00:00Z");
    private static final ResourceBundle MEANINGS = ResourceBundle.getBundle("io.tidewatch.yaml.time-zones");

    @Test
    void everyNameOfTheJdkIsAcceptedWithoutAWarning() {
        Set<String> fixed = Set.of("EST", "MST", "HST");
        for (String id : ZoneId.getAvailableZoneIds()) {
            if (!fixed.contains(id)) {
                assertThat(TimeZoneText.parse(id).value()).as(id).contains(ZoneId.of(id));
                assertThat(TimeZoneText.warning(id)).as(id).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Japan",
                "ROK",
                "PRC",
                "US/Pacific",
                "Asia/Calcutta",
                "Asia/Saigon",
                "Europe/Kiev",
                "Singapore",
                "Zulu",
                "EST5EDT",
                "PST8PDT",
                "CET",
                "EET",
                "WET",
                "GMT",
                "GMT0",
                "Etc/GMT-9",
                "Etc/GMT+5",
                "Hongkong",
                "Iran"
            })
    void linksAndOldNamesAreAccepted(String name) {
        assertThat(TimeZoneText.parse(name).value()).isPresent();
        assertThat(TimeZoneText.warning(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"EST,-5,America/New_York or America/Toronto", "MST,-7,America/Denver", "HST,-10,Pacific/Honolulu"})
    void fixedOffsetsAreAcceptedWithAWarning(String name, int hours, String instead) {
        ZoneId zone = TimeZoneText.parse(name).value().orElseThrow();

        assertThat(zone.getRules().isFixedOffset()).isTrue();
        assertThat(zone.getRules().getOffset(JULY)).isEqualTo(ZoneOffset.ofHours(hours));
        assertThat(TimeZoneText.warning(name).orElseThrow())
                .startsWith(name + " is UTC-")
                .contains(":00 all year, without daylight saving time; write " + instead);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            KST     | Asia/Seoul
            kst     | Asia/Seoul
            JST     | Asia/Tokyo
            IST     | Asia/Kolkata, Asia/Jerusalem or Europe/Dublin
            PST     | America/Los_Angeles or Asia/Manila
            PDT     | America/Los_Angeles
            CST     | America/Chicago, Asia/Shanghai or America/Havana
            EDT     | America/New_York or America/Toronto
            BST     | Europe/London or Asia/Dhaka
            CEST    | Europe/Berlin or Europe/Paris
            EEST    | Europe/Athens or Europe/Helsinki
            MSK     | Europe/Moscow
            AEST    | Australia/Sydney, Australia/Melbourne or Australia/Brisbane
            NZDT    | Pacific/Auckland
            BRT     | America/Sao_Paulo
            SGT     | Asia/Singapore
            WIB     | Asia/Jakarta
            ET      | America/New_York
            XQT     | the name of a place, such as Asia/Seoul
            """)
    void abbreviationsAreAnsweredByMeaning(String written, String instead) {
        assertThat(message(written))
                .isEqualTo("unknown time zone \"" + written
                        + "\": an abbreviation is ambiguous and is not an IANA name; write " + instead);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            asia/seoul                        | Asia/Seoul
            ASIA/SEOUL                        | Asia/Seoul
            Asia Seoul                        | Asia/Seoul
            Seoul                             | Asia/Seoul
            seoul                             | Asia/Seoul
            Europe/Seoul                      | Asia/Seoul
            utc                               | UTC
            est                               | America/New_York or America/Toronto
            cet                               | CET
            Z                                 | UTC
            America/New York                  | America/New_York
            New York                          | America/New_York
            NewYork                           | did you mean
            São Paulo                         | America/Sao_Paulo
            Buenos Aires                      | America/Argentina/Buenos_Aires
            Asia/Beijing                      | Asia/Shanghai
            Mumbai                            | Asia/Kolkata
            San Francisco                     | America/Los_Angeles
            Germany                           | Europe/Berlin
            Korea                             | Asia/Seoul
            Korea Standard Time               | Asia/Seoul
            Tokyo Standard Time               | Asia/Tokyo
            Eastern Standard Time             | America/New_York
            Eastern Daylight Time             | America/New_York
            Pacific Time (US & Canada)        | America/Los_Angeles
            W. Europe Standard Time           | Europe/Berlin
            Romance Standard Time             | Europe/Paris
            GMT Standard Time                 | Europe/London
            Coordinated Universal Time        | UTC
            India Standard Time               | Asia/Kolkata
            Central Standard Time (Mexico)    | America/Mexico_City
            US Mountain Standard Time         | America/Phoenix
            Russia Time Zone 11               | Asia/Kamchatka
            (UTC+09:00) Seoul                 | Asia/Seoul
            (UTC+09:00) Osaka, Sapporo, Tokyo | Asia/Tokyo
            :Asia/Seoul                       | Asia/Seoul
            posix/Asia/Seoul                  | Asia/Seoul
            """)
    void namesAreAnsweredByMeaning(String written, String instead) {
        String right = instead.equals("did you mean") ? "; did you mean " : "write " + instead;

        assertThat(message(written)).contains(right);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UTC+9     | Asia/Seoul or Asia/Tokyo, or Etc/GMT-9 for +09:00
            UTC+09:00 | Asia/Seoul or Asia/Tokyo, or Etc/GMT-9 for +09:00
            GMT+9     | Asia/Seoul or Asia/Tokyo, or Etc/GMT-9 for +09:00
            +09:00    | Asia/Seoul or Asia/Tokyo, or Etc/GMT-9 for +09:00
            +0900     | Asia/Seoul or Asia/Tokyo, or Etc/GMT-9 for +09:00
            9         | Asia/Seoul or Asia/Tokyo, or Etc/GMT-9 for +09:00
            utc +9    | Asia/Seoul or Asia/Tokyo, or Etc/GMT-9 for +09:00
            GMT-5     | America/New_York or America/Bogota, or Etc/GMT+5 for -05:00
            UTC−8     | America/Los_Angeles, or Etc/GMT+8 for -08:00
            """)
    void offsetsAreAnsweredWithAPlaceAndTheReversedSign(String written, String instead) {
        assertThat(message(written))
                .endsWith(": an offset is not an IANA name; write the name of the place, such as " + instead
                        + " all year (the sign in Etc names is reversed)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UTC+5:30 | an offset is not an IANA name; write the name of the place, such as Asia/Kolkata
            UTC+0    | an offset is not an IANA name; write UTC
            +99:00   | an offset is not an IANA name; write the name of a place, such as Asia/Seoul
            KST-9    | a POSIX rule is not an IANA name; write Asia/Seoul
            JST-9JDT | a POSIX rule is not an IANA name; write Asia/Tokyo
            Local    | a schedule never uses the zone of the host; write an IANA name such as Asia/Seoul
            """)
    void otherWaysToWriteAZoneAreNamed(String written, String end) {
        assertThat(message(written)).endsWith(": " + end);
    }

    @Test
    void spacesAroundANameAreNamed() {
        assertThat(message("Europe/Berlin ")).endsWith("; write Europe/Berlin, without the space around it");
        assertThat(message("")).endsWith("; write an IANA name such as Asia/Seoul");
    }

    @Test
    void theSpellingDecidesWhereNoMeaningIsKnown() {
        assertThat(message("Asia/Seul")).endsWith("; did you mean Asia/Seoul?");
        assertThat(message("Europe/Berln")).endsWith("; did you mean Europe/Berlin?");
        assertThat(message("Seol")).endsWith("; did you mean Asia/Seoul?");
        assertThat(message("Mars/Olympus_Mons_Base"))
                .contains(" in the time zone data 20")
                .endsWith(" of this JDK; write an IANA name such as Asia/Seoul");
    }

    @Test
    void whatIsAdvisedIsAlwaysAccepted() {
        Set<String> advised = new TreeSet<>();
        for (Enumeration<String> keys = MEANINGS.getKeys(); keys.hasMoreElements(); ) {
            String key = keys.nextElement();
            assertThat(key).isLowerCase().doesNotContain(" ");
            advised.addAll(List.of(MEANINGS.getString(key).split(" ", -1)));
        }

        assertThat(advised).hasSizeGreaterThan(100).isSubsetOf(ZoneId.getAvailableZoneIds());
    }

    private static String message(String text) {
        Parsed<ZoneId> parsed = TimeZoneText.parse(text);
        return Optional.of(parsed)
                .filter(Parsed.Bad.class::isInstance)
                .map(bad -> ((Parsed.Bad<ZoneId>) bad).message())
                .orElseThrow();
    }
}
