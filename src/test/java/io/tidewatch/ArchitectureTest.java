package io.tidewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** The walls of the house, each with its reason. */
@AnalyzeClasses(packages = "io.tidewatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {
        "io.tidewatch.model..",
        "io.tidewatch.text..",
        "io.tidewatch.yaml..",
        "io.tidewatch.definition..",
        "io.tidewatch.schedule..",
        "io.tidewatch.observe..",
        "io.tidewatch.ownership..",
        "io.tidewatch.diagnose..",
        "io.tidewatch.preflight..",
        "io.tidewatch.plan..",
        "io.tidewatch.report..",
        "io.tidewatch.alert..",
        "io.tidewatch.view.."
    };

    /** Compiled from src/playground, after the product. */
    private static final String[] BESIDE_THE_PRODUCT = {"io.tidewatch.playground..", "io.tidewatch.demo.."};

    @ArchTest
    static final ArchRule modelImportsTheJdkAlone = classes()
            .that()
            .resideInAPackage("io.tidewatch.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.tidewatch.model..", "java..", "org.jspecify..")
            .because("hand-over records outlive every library");

    @ArchTest
    static final ArchRule stagesMeetInTheModelOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("text")
            .definedBy("io.tidewatch.text..")
            .layer("yaml")
            .definedBy("io.tidewatch.yaml..")
            .layer("definition")
            .definedBy("io.tidewatch.definition..")
            .layer("schedule")
            .definedBy("io.tidewatch.schedule..")
            .layer("observe")
            .definedBy("io.tidewatch.observe..")
            .layer("ownership")
            .definedBy("io.tidewatch.ownership..")
            .layer("diagnose")
            .definedBy("io.tidewatch.diagnose..")
            .layer("preflight")
            .definedBy("io.tidewatch.preflight..")
            .layer("plan")
            .definedBy("io.tidewatch.plan..")
            .layer("report")
            .definedBy("io.tidewatch.report..")
            .layer("git")
            .definedBy("io.tidewatch.git..")
            .layer("cluster")
            .definedBy("io.tidewatch.cluster..")
            .layer("alert")
            .definedBy("io.tidewatch.alert..")
            .layer("journal")
            .definedBy("io.tidewatch.journal..")
            .layer("config")
            .definedBy("io.tidewatch.config..")
            .layer("loop")
            .definedBy("io.tidewatch.loop..")
            .layer("view")
            .definedBy("io.tidewatch.view..")
            .layer("web")
            .definedBy("io.tidewatch.web..")
            .layer("metrics")
            .definedBy("io.tidewatch.metrics..")
            .layer("log")
            .definedBy("io.tidewatch.log..")
            .layer("app")
            .definedBy("io.tidewatch.app..")
            .layer("cli")
            .definedBy("io.tidewatch.cli..")
            .layer("demo")
            .definedBy("io.tidewatch.demo..")
            .layer("playground")
            .definedBy("io.tidewatch.playground..")
            .whereLayer("text")
            .mayOnlyBeAccessedByLayers("diagnose", "preflight", "plan", "report", "alert", "view", "loop", "app", "cli")
            .whereLayer("yaml")
            .mayOnlyBeAccessedByLayers("definition", "config", "cli")
            .whereLayer("definition")
            .mayOnlyBeAccessedByLayers("loop", "config", "cli", "app")
            .whereLayer("schedule")
            .mayOnlyBeAccessedByLayers("loop", "cli", "view")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("loop", "cli", "app")
            .whereLayer("ownership")
            .mayOnlyBeAccessedByLayers("diagnose", "preflight", "plan", "report", "loop", "cli")
            .whereLayer("diagnose")
            .mayOnlyBeAccessedByLayers("loop", "cli", "app")
            .whereLayer("preflight")
            .mayOnlyBeAccessedByLayers("loop", "cli")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("loop", "cli", "app")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("loop", "cli", "app")
            .whereLayer("git")
            .mayOnlyBeAccessedByLayers("loop", "config", "cli", "app")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("loop", "cli", "app")
            .whereLayer("alert")
            .mayOnlyBeAccessedByLayers("loop", "app")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers("loop", "app")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("cli", "app", "demo")
            .whereLayer("loop")
            .mayOnlyBeAccessedByLayers("cli", "app", "demo")
            .whereLayer("view")
            .mayOnlyBeAccessedByLayers("cli", "web", "app")
            .whereLayer("web")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("cli", "app", "demo")
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("demo")
            .whereLayer("cli")
            .mayOnlyBeAccessedByLayers("app", "demo")
            .whereLayer("demo")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("playground")
            .mayOnlyBeAccessedByLayers("demo")
            .withOptionalLayers(true)
            .because("the order of the flow stands in the routes, and nowhere else");

    @ArchTest
    static final ArchRule decisionsHaveNoHands = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8..",
                    "org.apache.camel..",
                    "org.quartz..",
                    "org.eclipse.jgit..",
                    "org.slf4j..",
                    "java.io..",
                    "java.nio.file..",
                    "java.net..",
                    "java.sql..")
            .because("decisions take values and return values; effects live at one door");

    @ArchTest
    static final ArchRule theLoopNamesItsEffects = members()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.tidewatch.loop..")
            .should(new HoldNoPlainFunction())
            .because(
                    "a Supplier or a Runnable hides what is called and what the call may do; a named interface says both, and"
                            + " its uses can be found");

    @ArchTest
    static final ArchRule onlyTheTopKnowsWhatTimeItIs = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.tidewatch.app..",
                    "io.tidewatch.loop..",
                    "io.tidewatch.cli..",
                    "io.tidewatch.config..",
                    "io.tidewatch.web..",
                    "io.tidewatch.log..",
                    "io.tidewatch.demo..",
                    "io.tidewatch.playground..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .because("a pass is a function of its inputs, and the instant is one of them");

    @ArchTest
    static final ArchRule theProductKnowsNoPlayground = noClasses()
            .that()
            .resideOutsideOfPackages(BESIDE_THE_PRODUCT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BESIDE_THE_PRODUCT)
            .because("its artifact holds neither");

    @ArchTest
    static final ArchRule noCirclesOfPackages = slices().assignedFrom(new Packages())
            .should()
            .beFreeOfCycles()
            .because("what is in a circle cannot be understood alone");

    @ArchTest
    static final ArchRule theJournalIsBuiltInLayers = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("content")
            .definedBy("io.tidewatch.journal.content")
            .layer("table")
            .definedBy("io.tidewatch.journal.table")
            .layer("database")
            .definedBy("io.tidewatch.journal.database")
            .layer("file")
            .definedBy("io.tidewatch.journal.file")
            .layer("server")
            .definedBy("io.tidewatch.journal.server")
            .layer("memory")
            .definedBy("io.tidewatch.journal.memory")
            .layer("writer")
            .definedBy("io.tidewatch.journal.writer")
            .layer("journal")
            .definedBy("io.tidewatch.journal")
            .layer("users")
            .definedBy("io.tidewatch.loop..", "io.tidewatch.app..")
            .whereLayer("table")
            .mayOnlyBeAccessedByLayers("database", "file", "server")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("file", "server", "writer", "journal")
            .whereLayer("file")
            .mayOnlyBeAccessedByLayers("journal")
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("journal")
            .whereLayer("memory")
            .mayOnlyBeAccessedByLayers("writer", "journal")
            .whereLayer("writer")
            .mayOnlyBeAccessedByLayers("journal")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers("users")
            .because("a user of the journal never waits for its file: memory answers, and one thread writes");

    @ArchTest
    static final ArchRule theJournalsMemoryTouchesNoDisk = noClasses()
            .that()
            .resideInAnyPackage("io.tidewatch.journal.content", "io.tidewatch.journal.memory")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.sql..", "org.sqlite..", "org.postgresql..", "org.flywaydb..")
            .because("memory answers while the disk is full, locked, damaged or hangs");

    @ArchTest
    static final ArchRule onlyTheTablesOfTheJournalAreReadWithSql = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.tidewatch.journal.table",
                    "io.tidewatch.journal.database",
                    "io.tidewatch.journal.file",
                    "io.tidewatch.journal.server")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.sqlite..", "org.postgresql..", "org.flywaydb..")
            .because("only one thread uses the database");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .because("the field has words for what things do");

    /** Fields and constructor parameters, type arguments included. A method may take a function: it is used at the call alone. */
    private static final class HoldNoPlainFunction extends ArchCondition<JavaMember> {

        HoldNoPlainFunction() {
            super("hold no function without a name of its own");
        }

        @Override
        public void check(JavaMember member, ConditionEvents events) {
            held(member)
                    .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                    .filter(HoldNoPlainFunction::isPlain)
                    .forEach(type -> events.add(SimpleConditionEvent.violated(
                            member, member.getFullName() + " holds a " + type.getSimpleName())));
        }

        private static Stream<JavaType> held(JavaMember member) {
            if (member instanceof JavaField field) {
                return Stream.of(field.getType());
            }
            return member instanceof JavaConstructor made ? made.getParameterTypes().stream() : Stream.of();
        }

        private static boolean isPlain(JavaClass type) {
            return type.getPackageName().equals("java.util.function")
                    || type.isEquivalentTo(Runnable.class)
                    || type.isEquivalentTo(Callable.class);
        }
    }

    /** Every package on its own, subpackages too. */
    private static final class Packages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
