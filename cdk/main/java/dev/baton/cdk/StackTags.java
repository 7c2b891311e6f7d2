package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.compiler.pipeline.ResourceTags;
import dev.baton.run.SourceRevision;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.constructs.Construct;
import software.constructs.IConstruct;

/// The tags of all resources of a stack, [ResourceTags].
final class StackTags {
    private StackTags() {}

    static void on(
            Construct scope, String pipeline, SourceRevision revision, FunctionAsset code, Environment environment) {
        var tags = ResourceTags.of(pipeline, revision, code.hash(), environment.tags())
                .values();
        tags.forEach((name, value) -> Tags.of(scope).add(name, value));
        for (IConstruct construct : scope.getNode().findAll()) {
            // It has tags under a name that CDK's own tagging does not know.
            if (construct instanceof CfnBudget budget) {
                budget.setResourceTags(tags.entrySet().stream()
                        .<Object>map(tag -> CfnBudget.ResourceTagProperty.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList());
            }
        }
    }
}
