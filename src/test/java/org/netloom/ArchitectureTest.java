package org.netloom;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The plan of the house: who may know whom, and who owns which library. */
class ArchitectureTest {
  private static final String ROOT = "org.netloom";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** What each room may know, besides itself and {@code config}; a new room needs a line here. */
  private static final Map<String, List<String>> MAY_KNOW = new LinkedHashMap<>();

  static {
    MAY_KNOW.put("config", List.of());
    MAY_KNOW.put("tensor", List.of());
    MAY_KNOW.put("data", List.of());
    MAY_KNOW.put("architecture", List.of());
    MAY_KNOW.put("graph", List.of("architecture"));
    MAY_KNOW.put("space", List.of("architecture", "graph"));
    MAY_KNOW.put("network", List.of("architecture", "graph", "tensor"));
    MAY_KNOW.put("optim", List.of("network", "tensor"));
    MAY_KNOW.put("exchange", List.of("architecture", "graph", "network", "tensor"));
    MAY_KNOW.put("deepnets", List.of("architecture", "graph", "space", "exchange"));
    MAY_KNOW.put(
        "training",
        List.of("architecture", "graph", "network", "optim", "tensor", "data", "exchange"));
    MAY_KNOW.put("ghn", with(MAY_KNOW.get("training"), "training", "space"));
    MAY_KNOW.put("evaluation", with(MAY_KNOW.get("ghn"), "ghn"));
    MAY_KNOW.put(
        "search", List.of("architecture", "graph", "space", "evaluation", "ranking", "data"));
    MAY_KNOW.put("ranking", List.of("architecture", "evaluation"));
    MAY_KNOW.put("property", List.of("ranking", "exchange"));
    MAY_KNOW.put("store", List.of("architecture", "evaluation", "ranking", "exchange"));
    MAY_KNOW.put(
        "report",
        List.of("architecture", "graph", "network", "evaluation", "ranking", "store", "exchange"));
  }

  static {
    MAY_KNOW.put(
        "run",
        with(
            MAY_KNOW.get("evaluation"),
            "evaluation",
            "search",
            "ranking",
            "store",
            "report",
            "deepnets"));
  }

  /** The only rooms that may use a library. */
  private static final Map<String, List<String>> OWNERS = new LinkedHashMap<>();

  static {
    OWNERS.put("org.jgrapht..", List.of("graph"));
    OWNERS.put("io.jenetics..", List.of("search"));
    OWNERS.put("org.ejml..", List.of("network"));
    OWNERS.put("libsvm..", List.of("property"));
    OWNERS.put("com.aparapi..", List.of("tensor.opencl"));
    OWNERS.put("jdk.incubator.vector..", List.of("tensor.cpu"));
    OWNERS.put("java.sql..", List.of("store"));
    OWNERS.put("org.sqlite..", List.of("store"));
    OWNERS.put("ai.onnx..", List.of("exchange"));
    OWNERS.put("org.tribuo..", List.of("exchange"));
    OWNERS.put("com.google.protobuf..", List.of("exchange"));
    OWNERS.put("picocli..", List.of("cli"));
    OWNERS.put("me.tongfei..", List.of("cli"));
    OWNERS.put("org.yaml..", List.of("config"));
    OWNERS.put("org.apache.commons.compress..", List.of("data"));
    OWNERS.put(
        "com.fasterxml.jackson..",
        List.of("config", "architecture", "exchange", "store", "report", "ghn", "property", "cli"));
  }

  @Test
  void noCirclesBetweenRooms() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @TestFactory
  List<DynamicTest> everyRoomKnowsOnlyTheRoomsBelowIt() {
    List<DynamicTest> tests = new ArrayList<>();
    MAY_KNOW.forEach(
        (room, known) -> {
          List<String> allowed = new ArrayList<>(known);
          allowed.add(room);
          allowed.add("config");
          tests.add(
              DynamicTest.dynamicTest(
                  room,
                  () ->
                      noClasses()
                          .that()
                          .resideInAPackage(inside(room))
                          .should()
                          .dependOnClassesThat(
                              resideInAPackage(ROOT + "..")
                                  .and(
                                      describe(
                                          "are outside " + allowed,
                                          to -> !resideInAnyPackage(inside(allowed)).test(to))))
                          .allowEmptyShould(true)
                          .check(CLASSES)));
        });
    return tests;
  }

  @Test
  void everyRoomHasALineInThePlan() {
    assertThat(MAY_KNOW.keySet()).containsAll(rooms());
  }

  @Test
  void theInterfaceOfTensorsDoesNotKnowItsBackends() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".tensor")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".tensor.*..")
        .check(CLASSES);
  }

  @TestFactory
  List<DynamicTest> everyLibraryHasItsOwner() {
    List<DynamicTest> tests = new ArrayList<>();
    OWNERS.forEach(
        (library, owners) ->
            tests.add(
                DynamicTest.dynamicTest(
                    library,
                    () ->
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(inside(owners))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(library)
                            .check(CLASSES))));
    return tests;
  }

  @Test
  void nothingIsSerialisedAsJavaObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
        .check(CLASSES);
    noClasses()
        .that(
            describe(
                "are neither enums nor exceptions",
                type -> !type.isEnum() && !type.isAssignableTo(Throwable.class)))
        .should()
        .beAssignableTo(Serializable.class)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    TreeSet<String> unmarked = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private static TreeSet<String> rooms() {
    TreeSet<String> rooms = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      String name = type.getPackageName();
      if (!name.equals(ROOT) && !name.startsWith(ROOT + ".cli")) {
        rooms.add(name.substring(ROOT.length() + 1).split("\\.")[0]);
      }
    }
    return rooms;
  }

  private static List<String> with(List<String> known, String... more) {
    List<String> all = new ArrayList<>(known);
    all.addAll(List.of(more));
    return all;
  }

  private static String inside(String room) {
    return ROOT + "." + room + "..";
  }

  private static String[] inside(List<String> rooms) {
    return rooms.stream().map(ArchitectureTest::inside).toArray(String[]::new);
  }
}
