package io.tidewatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** The walls of the house, each with its reason. */
@AnalyzeClasses(packages = "io.tidewatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {
        "io.tidewatch.model..",
        "io.tidewatch.definition..",
        "io.tidewatch.schedule..",
        "io.tidewatch.observe..",
        "io.tidewatch.diagnose..",
        "io.tidewatch.plan..",
        "io.tidewatch.report.."
    };

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
            .layer("model")
            .definedBy("io.tidewatch.model..")
            .layer("definition")
            .definedBy("io.tidewatch.definition..")
            .layer("schedule")
            .definedBy("io.tidewatch.schedule..")
            .layer("observe")
            .definedBy("io.tidewatch.observe..")
            .layer("diagnose")
            .definedBy("io.tidewatch.diagnose..")
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
            .layer("playground")
            .definedBy("io.tidewatch.playground..")
            .layer("app")
            .definedBy("io.tidewatch.app..")
            .whereLayer("definition")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("schedule")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("diagnose")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("git")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("alert")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("journal")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("playground")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
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
    static final ArchRule onlyTheAppKnowsWhatTimeItIs = noClasses()
            .that()
            .resideOutsideOfPackages("io.tidewatch.app..", "io.tidewatch.playground..")
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
    static final ArchRule noCircles = slices().matching("io.tidewatch.(*)..")
            .should()
            .beFreeOfCycles()
            .because("what is in a circle cannot be understood alone");

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
}
