package io.tidewatch.model;

/**
 * Every limit on what Tidewatch reads from others and keeps in memory, in one place. What goes past one is a {@link Problem} of its file (or a
 * rejection of its source), never an exception, and the last good version stays in force. The table "Limits" in
 * docs/configuration.md has one row for each constant.
 *
 * <p>Most are a hundred times what honest definitions need. They exist so that reading a source and asking its schedules
 * costs a bounded amount of work and memory, whatever somebody commits there.
 */
public final class Limits {

    private Limits() {}

    // Texts and numbers.

    /** Characters. A longer scalar is a text and nothing else: no number, duration, date, cron, quantity, name or zone. */
    public static final int SCALAR_LENGTH = 1_000;

    /** Digits of a number. Arithmetic on numbers of any length takes quadratic time; a 64-bit number has 19. */
    public static final int NUMBER_DIGITS = 20;

    /** Digits of a quantity's exponent: {@code 1e99} is written out with 100 digits, {@code 1e10000000} would be with 10 MB. */
    public static final int QUANTITY_EXPONENT_DIGITS = 2;

    /** Levels of nesting in YAML; an object of the API server has about twenty. */
    public static final int NESTING = 100;

    /** Values that the aliases of one document may stand for; the largest objects in use have some thousands. */
    public static final int ALIASED_VALUES = 100_000;

    // Schedules and calendars.

    /** Replicas, of a minimum, a maximum or a ramp's step; a cluster of Kubernetes holds 150,000 pods. */
    public static final int REPLICAS = 1_000_000;

    /** A window's priority, above and below zero. */
    public static final int PRIORITY = 1_000_000;

    /** Windows of a schedule. */
    public static final int WINDOWS_IN_SCHEDULE = 200;

    /** How often the windows of a schedule start on one day, all together; a window that starts each minute does 1,440 times. */
    public static final int STARTS_A_DAY = 2_000;

    /** The same of windows with a lead: each start within a lead of a day is judged against every window. */
    public static final int LEADING_STARTS_A_DAY = 500;

    /** Calendars in a window's {@code except}, and in its {@code only}. */
    public static final int CALENDARS_IN_WINDOW = 20;

    /** Labels of a selector. */
    public static final int LABELS_IN_SELECTOR = 20;

    /** Receivers of a schedule. */
    public static final int RECEIVERS_IN_SCHEDULE = 20;

    /** Remedies of a schedule; each type counts once anyway. */
    public static final int REMEDIES = 10;

    /** Attempts of a remedy. */
    public static final int ATTEMPTS = 100;

    /** Attempts of all remedies of a target in a night, which goes from noon to noon in the schedule's time zone. */
    public static final int REMEDIES_IN_NIGHT = 20;

    /** Seconds that an attempt of a remedy may add to a progress deadline. */
    public static final int EXTENSION_SECONDS = 21_600;

    /** Dates and ranges of dates of a calendar. */
    public static final int DATES_IN_CALENDAR = 5_000;

    /** Days of every year of a calendar. */
    public static final int YEARLY_DAYS = 366;

    /** Bytes of an iCalendar file. */
    public static final int ICS_BYTES = 1 << 20;

    /** Events of an iCalendar file. */
    public static final int ICS_EVENTS = 5_000;

    /** How often the events of an iCalendar file happen, all together, up to the last date that is followed. */
    public static final int ICS_OCCURRENCES = 50_000;

    /** Days on which the rules of an iCalendar file are evaluated; a rule that hardly ever matches needs all of them. */
    public static final long ICS_DAYS_LOOKED_AT = 20_000_000;

    /** STANDARD and DAYLIGHT parts of an iCalendar file's time zones. */
    public static final int ICS_OBSERVANCES = 200;

    // Problems that are reported.

    /** Characters of somebody's text that a problem quotes. */
    public static final int QUOTED_LENGTH = 80;

    /** Characters of a mistyped name for which a similar known name is searched. */
    public static final int NEAREST_LENGTH = 64;

    /** Known names that are compared with a mistyped one. */
    public static final int NEAREST_CANDIDATES = 1_000;

    /** Problems reported of one file; the rest is counted. */
    public static final int PROBLEMS_IN_FILE = 20;

    /** Problems reported of one commit; the rest is counted. */
    public static final int PROBLEMS_IN_COMMIT = 200;

    // Files and sources.

    /** Files that stay back because of one another, one after the other; beyond it all that are left do. */
    public static final int ROUNDS = 50;

    /** Bytes of one file. */
    public static final int FILE_BYTES = 4 << 20;

    /** Documents of one file. */
    public static final int DOCUMENTS_IN_FILE = 10_000;

    /** Files of a source. */
    public static final int FILES = 20_000;

    /** ScaleSchedules of a source; one with a schedule for each of ten thousand services has half of it. */
    public static final int SCHEDULES_IN_SOURCE = 20_000;

    /** Windows of all schedules of a source: ten for each, where a source has as many schedules as it may. */
    public static final int WINDOWS_IN_SOURCE = 200_000;

    /** Calendars of a source. */
    public static final int CALENDARS_IN_SOURCE = 5_000;

    /** Rollouts and ScaledObjects of a source: one of each for 25,000 targets. */
    public static final int OBJECTS_IN_SOURCE = 50_000;

    /**
     * ScaledObjects that are compared for all selectors of a source together: for each selector, those that carry its rarest label.
     * Each ScaledObject belongs to one schedule, so ordinary selectors hardly compare one twice.
     */
    public static final int SELECTED_IN_SOURCE = 1_000_000;

    /** Bytes of all files of a source. */
    public static final int SOURCE_BYTES = 64 << 20;

    /** Entries of a source's trees that are walked: files, folders, links, submodules. */
    public static final int TREE_ENTRIES = 100_000;

    /** Levels of folders. */
    public static final int FOLDER_DEPTH = 64;

    /** Bytes of all paths of a source together. */
    public static final int PATH_BYTES = 16 << 20;

    /** Bytes that one pull may bring; the first one brings the whole history of a ref. */
    public static final long RECEIVED_BYTES = 1L << 30;

    /** Commits that are searched for the last good version of files that are broken when Tidewatch starts. */
    public static final int HISTORY_COMMITS = 2_000;

    /** Commits that are searched for those that changed a file and are not applied yet. */
    public static final int CHANGE_COMMITS = 500;

    // Foreign texts in messages.

    /** Characters of a name that somebody else chose: an author, a ref. */
    public static final int STRANGER_NAME = 200;

    /** Characters of a sentence that somebody else wrote: a commit's subject, an answer of the API server. */
    public static final int STRANGER_MESSAGE = 500;

    /** Characters of a line of ours that quotes others, as the diary keeps it. */
    public static final int LINE = 2_000;

    /** Versions of files from the history that are checked against the rest of a source at a start; each check reads all of it. */
    public static final int VERSIONS_TRIED = 500;

    /** Bytes of one dump that {@code diagnose} and {@code plan} read, unpacked. */
    public static final int DUMP_BYTES = 256 << 20;

    // The journal in memory.

    /** Messages that wait for their receivers; past this, the oldest of the receiver that has most of them are given up. */
    public static final int MESSAGES_WAITING = 5_000;

    /** Characters of their texts, about. */
    public static final long MESSAGES_WAITING_SIZE = 8L << 20;

    /** Changes that wait to be written down; past this, the oldest are dropped, and their lines counted. */
    public static final int CHANGES_WAITING = 20_000;

    /** Characters of their texts, about: the steps, lines and incidents of an edge of 10,000 targets, and some of their diagnoses. */
    public static final long CHANGES_WAITING_SIZE = 16L << 20;

    /** Ids of messages that were taken, and of incidents that are over, so that neither comes again. */
    public static final int IDS_REMEMBERED = 10_000;

    /** Targets whose latest lines about remedies are kept, for messages to tell of. */
    public static final int TARGETS_REMEMBERED = 20_000;

    /** Lines of such a target; a message has three and says that there were more. */
    public static final int LINES_OF_TARGET = 4;

    /** Steps that {@code history} is answered with over HTTP. */
    public static final int STEPS_REMEMBERED = 1_000;

    /** Lines of a digest; it has the number of further ones. */
    public static final int DIGEST_LINES = 200;
}
