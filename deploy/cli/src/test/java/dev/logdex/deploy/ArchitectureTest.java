package dev.logdex.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the rooms of the house may be furnished; each rule says why. */
class ArchitectureTest {
  private static final JavaClasses LOGDEX =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.logdex");

  private static final List<String> STAGES =
      List.of("ingest", "normalizer", "analyzer", "recommender");

  /** The edges of a stage, and what is written on the wire. */
  private static final DescribedPredicate<JavaClass> FEATURE =
      describe(
          "classes of a stage's feature packages",
          type ->
              STAGES.stream().anyMatch(stage -> type.getPackageName().startsWith(pack(stage) + "."))
                  && not(resideInAnyPackage("..kafka..", "..postgres..", "..http..", "..event.."))
                      .test(type));

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "normalizer", "analyzer", "recommender"})
  void stagesMeetOnlyAtEvents(String stage) {
    DescribedPredicate<JavaClass> insideAnotherStage =
        describe(
            "inside another stage",
            type ->
                STAGES.stream()
                    .filter(other -> !other.equals(stage))
                    .anyMatch(
                        other ->
                            resideInAPackage(pack(other) + "..").test(type)
                                && !type.getPackageName().equals(pack(other) + ".event")));
    noClasses()
        .that()
        .resideInAPackage(pack(stage) + "..")
        .should()
        .dependOnClassesThat(insideAnotherStage)
        .because("a stage must be replaceable as long as what it writes stays the same")
        .check(LOGDEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "normalizer", "analyzer", "recommender", "runtime", "sql"})
  void nothingDependsOnTheCommand(String room) {
    noClasses()
        .that()
        .resideInAPackage(pack(room) + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.logdex.deploy..", "dev.logdex.embedded..")
        .because("stages also run where there is no command and nothing embedded")
        .check(LOGDEX);
  }

  @Test
  void featuresKnowNoKafkaNoJdbcAndNoLogging() {
    noClasses()
        .that(FEATURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "java.sql..",
            "javax.sql..",
            "org.postgresql..",
            "org.slf4j..",
            "io.prometheus..")
        .because("what Logdex decides must be testable as functions of values, without a broker")
        .check(LOGDEX);
  }

  @Test
  void theSqlLexerKnowsOnlyTheLanguage() {
    noClasses()
        .that()
        .resideInAPackage("dev.logdex.sql..")
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.nio..",
                    "org.jspecify..",
                    "dev.logdex.sql..")))
        .because("it reads untrusted text and runs for every line of a fleet")
        .check(LOGDEX);
  }

  @Test
  void onlyMainsReadClockAndEnvironment() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Main")
        .and()
        .resideOutsideOfPackages("dev.logdex.deploy..", "dev.logdex.embedded..")
        .should()
        .accessTargetWhere(
            describe("read the clock or the environment", ArchitectureTest::readsWorld))
        .because("the same input must give the same output, whenever and wherever it is read")
        .check(LOGDEX);
  }

  @Test
  void eventsAreValues() {
    classes()
        .that()
        .resideInAnyPackage("dev.logdex.*.event")
        .and()
        .haveSimpleNameNotEndingWith("package-info")
        .should()
        .beRecords()
        .orShould()
        .beEnums()
        .orShould(be(describe("sealed interfaces", ArchitectureTest::isSealedInterface)))
        .because("what travels on a topic is a word on the wire, and nothing that can change")
        .check(LOGDEX);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.logdex.(**)")
        .should()
        .beFreeOfCycles()
        // a stage's settings are one record beside its wiring, and are handed down
        .ignoreDependency(alwaysTrue(), simpleNameEndingWith("Config"))
        .because("packages that need each other cannot be read one at a time")
        .check(LOGDEX);
  }

  @Test
  void onlyTheCommandWritesToStandardOutput() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.logdex.deploy..")
        .should()
        .accessTargetWhere(describe("System.out", access -> isStream(access, "out")))
        .because("what stands on standard output is a command's result, and is read by programs")
        .check(LOGDEX);
  }

  @Test
  void onlyMainsWriteToStandardError() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.logdex.deploy..", "dev.logdex.embedded..")
        .and()
        .haveSimpleNameNotEndingWith("Main")
        .should()
        .accessTargetWhere(describe("System.err", access -> isStream(access, "err")))
        .because("whoever runs a stage decides by its log settings what is shown")
        .check(LOGDEX);
  }

  private static boolean isStream(JavaAccess<?> access, String name) {
    return access.getTargetOwner().isEquivalentTo(System.class) && access.getName().equals(name);
  }

  private static boolean readsWorld(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getName();
    boolean ofSystem =
        owner.isEquivalentTo(System.class)
            && Set.of("getenv", "currentTimeMillis", "getProperty").contains(name);
    boolean ofClock = owner.isEquivalentTo(Clock.class) && name.startsWith("system");
    boolean ofTime =
        name.equals("now")
            && List.of(
                    Instant.class,
                    LocalDate.class,
                    LocalDateTime.class,
                    OffsetDateTime.class,
                    ZonedDateTime.class)
                .stream()
                .anyMatch(owner::isEquivalentTo);
    return ofSystem || ofClock || ofTime;
  }

  private static boolean isSealedInterface(JavaClass type) {
    return type.isInterface() && type.reflect().isSealed();
  }

  private static String pack(String room) {
    return "dev.logdex." + room;
  }
}
