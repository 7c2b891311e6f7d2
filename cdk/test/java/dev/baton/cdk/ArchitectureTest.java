package dev.baton.cdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What this module may know: the compiler's model and CDK.
class ArchitectureTest {
    private static final JavaClasses BATON = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/cdk/test/"))
            .importPackages("dev.baton");

    @Test
    void thisModuleKnowsTheCompilersModelAndCdk() {
        classes()
                .that()
                .resideInAPackage("dev.baton.cdk..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "dev.baton.cdk..",
                        "dev.baton.compiler",
                        "dev.baton.compiler.environment",
                        "dev.baton.asl",
                        "dev.baton.diagnostic",
                        "dev.baton.json",
                        "dev.baton.task",
                        "dev.baton.task.graph",
                        "dev.baton.task.run",
                        "software.amazon.awscdk..",
                        "software.amazon.jsii..",
                        "software.constructs..")
                .check(BATON);
    }

    @Test
    void nobodyElseKnowsCdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.baton.cdk..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon.awscdk..", "software.amazon.jsii..", "software.constructs..")
                .check(BATON);
    }
}
