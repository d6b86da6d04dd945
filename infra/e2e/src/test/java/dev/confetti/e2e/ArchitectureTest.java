package dev.confetti.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may depend on whom; the table is in docs/architecture.md. */
class ArchitectureTest {
    private static final JavaClasses CONFETTI =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.confetti");

    private static final String EVENTS = "dev.confetti.events..";
    private static final String GIFT = "dev.confetti.gift..";
    private static final String LEDGER = "dev.confetti.ledger..";
    private static final String BOARD = "dev.confetti.board..";
    private static final String GATEWAY = "dev.confetti.gateway..";
    private static final String MODEL = "dev.confetti.simulation.model..";
    private static final String SPRING = "org.springframework..";

    @Test
    void theEventsAreTheOnlyLanguageThatModulesShare() {
        holds(
                classes()
                        .that()
                        .resideInAPackage(EVENTS)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                EVENTS,
                                "java..",
                                "javax.sql..",
                                "tools.jackson..",
                                "com.fasterxml.jackson.annotation..",
                                "org.jspecify.."));
    }

    @ParameterizedTest
    @CsvSource({
        "dev.confetti.gift..",
        "dev.confetti.ledger..",
        "dev.confetti.board..",
        "dev.confetti.gateway.."
    })
    void aModuleKnowsOfTheOthersNothingButTheirEvents(String module) {
        holds(
                classes()
                        .that()
                        .resideInAPackage(module)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(
                                module,
                                EVENTS,
                                "java..",
                                "javax..",
                                "jdk..",
                                "org..",
                                "com..",
                                "io..",
                                "tools..",
                                "jakarta..",
                                "redis..",
                                "ch.qos.."));
    }

    @Test
    void onlyTheServiceSpeaksAxon() {
        holds(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(GIFT, "dev.confetti.bench..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("org.axonframework.."));
    }

    @Test
    void onlyTheBoardsSpeakRedis() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(EVENTS, GIFT, LEDGER, GATEWAY)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "redis..", "com.redis..", "org.springframework.data.redis.."));
    }

    @Test
    void theBoardsHaveNoSqlOfTheirOwn() {
        // The audit of the boards reads the log through LogReader, which hides the SQL.
        holds(
                noClasses()
                        .that()
                        .resideInAPackage(BOARD)
                        .should()
                        .dependOnClassesThat()
                        .belongToAnyOf(Connection.class, Statement.class, ResultSet.class));
    }

    @Test
    void theGatewayDoesWithoutSpring() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage(GATEWAY)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(SPRING));
    }

    @Test
    void noModuleDependsOnInfra() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(EVENTS, GIFT, LEDGER, BOARD, GATEWAY)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "dev.confetti.engines..",
                                "dev.confetti.platform..",
                                "dev.confetti.demo..",
                                "dev.confetti.bench..",
                                "dev.confetti.simulation.."));
    }

    @Test
    void theModelOfTheSimulationKnowsNothingOfWhatItJudges() {
        holds(
                classes()
                        .that()
                        .resideInAPackage(MODEL)
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage(MODEL, "java..", "org.jspecify.."));
    }

    @Test
    void featuresOfAModuleDoNotGoInCircles() {
        holds(slices().matching("dev.confetti.(*).(*)..").should().beFreeOfCycles());
    }

    @Test
    void foldersAreNamedByTheDomain() {
        holds(
                noClasses()
                        .should()
                        .resideInAnyPackage(
                                "..util..", "..utils..", "..common..", "..impl..", "..helper.."));
        holds(noClasses().should().haveSimpleNameEndingWith("Impl"));
    }

    @Test
    void eventsDoNotAskForTheTime() {
        holds(
                noClasses()
                        .that()
                        .resideInAPackage(EVENTS)
                        .should()
                        .callMethod(Instant.class, "now"));
        holds(
                noClasses()
                        .that()
                        .resideInAPackage(EVENTS)
                        .should()
                        .callMethod(Clock.class, "systemUTC"));
    }

    private static void holds(ArchRule rule) {
        rule.check(CONFETTI);
    }
}
