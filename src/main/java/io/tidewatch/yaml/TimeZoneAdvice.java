package io.tidewatch.yaml;

import io.tidewatch.model.Limits;
import java.text.Normalizer;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which IANA name to write instead of a text that is none: by what the text means where that is known, by spelling only
 * where it is not. The table of meanings is data beside this class.
 */
final class TimeZoneAdvice {

    private static final ResourceBundle MEANINGS = ResourceBundle.getBundle("io.tidewatch.yaml.time-zones");
    private static final Pattern OFFSET =
            Pattern.compile("(?:etc/)?(?:utc|gmt|ut|z)?[ (]*([+-])?([0-9]{1,2})(?::?([0-9]{2}))?\\)?");
    private static final Pattern OFFSET_BEFORE_NAME = Pattern.compile("\\((?:utc|gmt)[^)]{0,20}\\)_{0,20}(.+)");
    private static final Pattern PREFIX = Pattern.compile("(?::|posix/|right/)(.+)");
    private static final Pattern TIME = Pattern.compile("_(?:(?:standard|daylight|summer)_)?time(?:_zone)?(?=$|_\\()");
    private static final Pattern IN_BRACKETS = Pattern.compile("_\\([^)]*\\)$");
    private static final Pattern ABBREVIATION = Pattern.compile("[A-Z]{1,5}");
    private static final Pattern POSIX = Pattern.compile("<?([a-z]{3,5})>?[+-]?[0-9]{1,2}(?::[0-9]{2})?.*");
    private static final Set<String> OF_THE_HOST = Set.of("local", "localtime", "system", "default", "host", "server");
    /** Groups of older names for zones that have a name after a city too. */
    private static final Set<String> NO_REGIONS = Set.of("Etc", "SystemV", "US", "Canada", "Brazil", "Chile", "Mexico");

    private static final int WEST = 12;
    private static final int EAST = 14;

    private TimeZoneAdvice() {}

    /** The rest of a message that names the unknown zone. */
    static String on(String text) {
        String plain = plain(text);
        if (plain.length() > Limits.NEAREST_LENGTH || plain.isEmpty()) {
            return "; write an IANA name such as Asia/Seoul";
        }
        if (OF_THE_HOST.contains(plain)) {
            return ": a schedule never uses the zone of the host; write an IANA name such as Asia/Seoul";
        }
        Optional<String> spelled = spelled(plain);
        if (spelled.isPresent()) {
            return "; write " + spelled.get() + (text.equals(text.strip()) ? "" : ", without the space around it");
        }
        List<String> meant = abbreviation(plain);
        if (!meant.isEmpty()) {
            return ": an abbreviation is ambiguous and is not an IANA name; write " + either(meant);
        }
        Matcher offset = OFFSET.matcher(plain.replace('_', ' '));
        if (offset.matches()) {
            return offset(offset);
        }
        List<String> places = places(plain);
        return places.isEmpty() ? unknown(text.strip(), plain) : "; write " + either(places);
    }

    /** The zones that an abbreviation stands for; none where it is not known. */
    static List<String> abbreviation(String text) {
        return meaning("abbreviation.", text.toLowerCase(Locale.ROOT));
    }

    /** {@code A}, {@code A or B}, {@code A, B or C}. */
    static String either(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    private static String unknown(String text, String plain) {
        if (ABBREVIATION.matcher(text).matches()) {
            return ": an abbreviation is ambiguous and is not an IANA name; write the name of a place,"
                    + " such as Asia/Seoul";
        }
        Matcher posix = POSIX.matcher(plain);
        if (posix.matches()) {
            List<String> meant = abbreviation(posix.group(1));
            return ": a POSIX rule is not an IANA name; write "
                    + (meant.isEmpty() ? "the name of a place, such as Asia/Seoul" : either(meant));
        }
        Optional<String> near = plain.contains("/")
                ? Nearest.to(text, ZoneId.getAvailableZoneIds())
                : Nearest.to(plain, Spellings.CITIES.keySet()).map(city -> either(city(city)));
        return near.map(name -> "; did you mean " + name + "?")
                .orElseGet(() -> data(plain) + "; write an IANA name such as Asia/Seoul");
    }

    /** A name with a region may be newer than the data of this JDK. */
    private static String data(String plain) {
        return plain.contains("/") ? " in the time zone data " + Spellings.VERSION + " of this JDK" : "";
    }

    private static String offset(Matcher offset) {
        int hours = Integer.parseInt(offset.group(2));
        int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
        boolean west = "-".equals(offset.group(1));
        String what = ": an offset is not an IANA name; write ";
        if (hours == 0 && minutes == 0) {
            return what + "UTC";
        }
        String standard = String.format(Locale.ROOT, "%s%02d:%02d", west ? "-" : "+", hours, minutes);
        List<String> places = meaning("offset.", standard);
        String place = places.isEmpty()
                ? "the name of a place, such as Asia/Seoul"
                : "the name of the place, such as " + either(places);
        return what
                + place
                + (minutes == 0 && hours <= (west ? WEST : EAST)
                        ? ", or Etc/GMT" + (west ? "+" : "-") + hours + " for " + standard
                                + " all year (the sign in Etc names is reversed)"
                        : "");
    }

    private static List<String> places(String plain) {
        Matcher shown = OFFSET_BEFORE_NAME.matcher(plain);
        String name = shown.matches() ? shown.group(1) : plain;
        String place = name.substring(name.lastIndexOf('/') + 1).split(",_", -1)[0];
        String withoutTime = TIME.matcher(place).replaceFirst("");
        return Stream.of(place, withoutTime, IN_BRACKETS.matcher(withoutTime).replaceFirst(""))
                .map(TimeZoneAdvice::place)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<String> place(String name) {
        List<String> known = meaning("name.", name);
        return known.isEmpty() ? city(name) : known;
    }

    private static List<String> city(String name) {
        return Spellings.CITIES.getOrDefault(name, List.of());
    }

    /** The same name in other letters: without regard to case, and with a space or a hyphen for {@code _}. */
    private static Optional<String> spelled(String plain) {
        Matcher prefix = PREFIX.matcher(plain);
        String name = prefix.matches() ? prefix.group(1) : plain;
        return Optional.ofNullable(Spellings.IDS.get(name))
                .or(() -> Optional.ofNullable(Spellings.IDS.get(name.replaceFirst("[_\\\\:.-]", "/"))));
    }

    private static List<String> meaning(String kind, String key) {
        try {
            return List.of(MEANINGS.getString(kind + key).split(" ", -1));
        } catch (MissingResourceException e) {
            return List.of();
        }
    }

    private static String plain(String text) {
        return text.length() > Limits.SCALAR_LENGTH
                ? text
                : Normalizer.normalize(text.strip(), Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .replace('\u2212', '-')
                        .replaceAll("\\s+", "_")
                        .toLowerCase(Locale.ROOT);
    }

    /** The names of this JDK by their spelling, made when the first unknown zone is read. */
    private static final class Spellings {

        static final Map<String, String> IDS = ZoneId.getAvailableZoneIds().stream()
                .collect(Collectors.toMap(id -> id.toLowerCase(Locale.ROOT), Function.identity(), (a, b) -> a));
        static final Map<String, List<String>> CITIES = cities(ZoneId.getAvailableZoneIds());
        static final String VERSION = ZoneRulesProvider.getVersions("UTC").lastKey();

        private static Map<String, List<String>> cities(Collection<String> ids) {
            return ids.stream()
                    .filter(id -> id.contains("/") && !NO_REGIONS.contains(id.substring(0, id.indexOf('/'))))
                    .sorted(Comparator.comparing(String::length).reversed().thenComparing(Function.identity()))
                    .collect(Collectors.groupingBy(
                            id -> id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT),
                            Collectors.collectingAndThen(Collectors.toList(), Spellings::distinct)));
        }

        /** Of names with the same rules the longest, which is the current one. */
        private static List<String> distinct(List<String> ids) {
            return ids.stream()
                    .collect(Collectors.toMap(
                            id -> ZoneId.of(id).getRules(), Function.identity(), (a, b) -> a, LinkedHashMap::new))
                    .values()
                    .stream()
                    .toList();
        }
    }
}
