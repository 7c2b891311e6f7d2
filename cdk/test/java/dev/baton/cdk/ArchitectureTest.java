package dev.baton.cdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/// What this module may know: the compiler's model and CDK. That nobody else knows CDK, Maven sees to.
class ArchitectureTest {
    /// This module's own, for CDK brings sixty thousand classes along.
    private static final JavaClasses OWN = new ClassFileImporter()
            .importUrl(BatonApp.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void this_module_knows_the_compilers_model_and_cdk() {
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
                        "dev.baton.compiler.artefact",
                        "dev.baton.compiler.environment",
                        "dev.baton.compiler.pipeline",
                        "dev.baton.asl",
                        "dev.baton.diagnostic",
                        "dev.baton.json",
                        "dev.baton.name",
                        "dev.baton.task",
                        "dev.baton.graph",
                        "dev.baton.revision",
                        "dev.baton.run",
                        "software.amazon.awscdk..",
                        "software.amazon.jsii..",
                        "software.constructs..")
                .check(OWN);
    }
}
