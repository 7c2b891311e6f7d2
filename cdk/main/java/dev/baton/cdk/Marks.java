package dev.baton.cdk;

import dev.baton.compiler.environment.Environment;
import dev.baton.task.run.Revision;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.constructs.Construct;
import software.constructs.IConstruct;

/// The tags that tell of every resource to which pipeline it belongs and what it was made from: `baton:pipeline`,
/// `baton:revision`, `baton:code`.
final class Marks {
    private static final int LONGEST = 256;
    private static final int CHANGESET = 40;

    private Marks() {}

    /// What stands for the pipelines that share something.
    static String shared(List<String> pipelines) {
        var all = String.join(" ", pipelines);
        return all.length() <= LONGEST ? all : pipelines.size() + " pipelines";
    }

    static void on(Construct scope, String pipeline, Revision revision, FunctionCode code, Environment environment) {
        var tags = new TreeMap<>(environment.tags());
        tags.put("baton:pipeline", pipeline);
        tags.put("baton:revision", text(revision));
        tags.put("baton:code", code.hash());
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

    private static String text(Revision revision) {
        var id = revision.id().isEmpty()
                ? "none"
                : revision.id().substring(0, Math.min(CHANGESET, revision.id().length()));
        return revision.dirty() ? id + "+" : id;
    }
}
