package dev.baton.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Holds what Maven cannot: `internal` is nobody else's, and no public signature shows a library that we may change.
class ArchitectureTest {
    static final JavaClasses BATON = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.baton");

    @Test
    void internal_packages_are_nobody_elses() {
        ArchRuleDefinition.classes()
                .should(new ArchCondition<>("use the internals of their own module only") {
                    @Override
                    public void check(JavaClass user, ConditionEvents events) {
                        for (var use : user.getDirectDependenciesFromSelf()) {
                            var used = use.getTargetClass().getPackageName();
                            if (used.startsWith("dev.baton.")
                                    && used.contains(".internal")
                                    && !module(user).equals(module(used))) {
                                events.add(SimpleConditionEvent.violated(user, use.getDescription()));
                            }
                        }
                    }
                })
                .check(BATON);
    }

    @Test
    void no_public_signature_shows_jackson() {
        ArchRuleDefinition.methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should(new ArchCondition<>("keep Jackson to themselves") {
                    @Override
                    public void check(com.tngtech.archunit.core.domain.JavaMethod method, ConditionEvents events) {
                        var signature = new ArrayList<>(method.getRawParameterTypes());
                        signature.add(method.getRawReturnType());
                        for (var type : signature) {
                            if (type.getPackageName().startsWith("tools.jackson")) {
                                events.add(SimpleConditionEvent.violated(method, method.getFullName()));
                            }
                        }
                    }
                })
                .check(BATON);
    }

    @Test
    void the_proof_of_every_edge_shares_no_code_with_what_it_judges() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.baton.compiler.order")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.baton.compiler.order", "dev.baton.asl", "java..", "org.jspecify..")
                .check(BATON);
        noClasses()
                .that()
                .resideInAnyPackage("dev.baton.compiler.structure", "dev.baton.compiler.internal.machine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.baton.compiler.order")
                .check(BATON);
    }

    @Test
    void only_the_command_line_and_the_deployed_handlers_know_the_sdk() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.baton.cli..", "dev.baton.lambda..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .check(BATON);
    }

    @Test
    void nothing_but_the_embedded_aws_and_the_command_line_opens_sockets() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.baton.cli..", "dev.baton.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.sun.net.httpserver..", "java.net.http..")
                .check(BATON);
    }

    private static String module(JavaClass type) {
        return module(type.getPackageName());
    }

    private static String module(String packageName) {
        return packageName.split("\\.")[2];
    }
}
