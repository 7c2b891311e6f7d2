package dev.baton.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;

/// Stacks as CloudFormation would be told of them, all offline. jsii starts once in a JVM, and what has a name is
/// synthesised once there, for whichever test asks first; the folder of it all goes when the last test has ended.
final class Stacks implements BeforeAllCallback {
    /// The name of the stack that breaks a rule, so that it is seen that rules are asked.
    private static final String BARE = "Bare";

    private static final Optional<String> PROBLEM = NodeRuntime.problem();
    private static final Map<String, Made> MADE = new TreeMap<>();
    private static @Nullable Path folder;

    /// @param nags what cdk-nag says of the stacks
    /// @param nagsOfTheBare what it says of the one beside them that breaks a rule
    record Made(Synthesised templates, List<String> nags, List<String> nagsOfTheBare) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(PROBLEM.isEmpty(), () -> "CDK needs Node.js: " + PROBLEM.orElseThrow());
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Stacks.class))
                .computeIfAbsent("folder", key -> (AutoCloseable) Stacks::remove);
    }

    static synchronized Path folder() {
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("stacks");
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the stacks become that somebody adds to an app.
    static Synthesised of(String name, Consumer<App> added) {
        return made(name, added, null).templates();
    }

    /// The same, checked by cdk-nag.
    ///
    /// @param bare adds what breaks a rule to a stack of its own
    static Made checked(String name, Consumer<App> added, Consumer<Stack> bare) {
        return made(name, added, bare);
    }

    private static synchronized Made made(String name, Consumer<App> added, @Nullable Consumer<Stack> bare) {
        var known = MADE.get(name);
        if (known == null) {
            known = synthesised(name, added, bare);
            MADE.put(name, known);
        }
        return known;
    }

    private static Made synthesised(String name, Consumer<App> added, @Nullable Consumer<Stack> bare) {
        var target = folder().resolve(name);
        var app = BatonApp.in(target);
        added.accept(app);
        if (bare != null) {
            bare.accept(new Stack(app, BARE));
            Aspects.of(app)
                    .add(AwsSolutionsChecks.Builder.create().verbose(true).build());
        }
        var nags = new ArrayList<String>();
        var nagsOfTheBare = new ArrayList<String>();
        for (var stack : app.synth().getStacks()) {
            for (var message : stack.getMessages()) {
                if (message.getLevel().name().equals("ERROR")) {
                    (stack.getStackName().equals(BARE) ? nagsOfTheBare : nags)
                            .add(message.getId() + ": " + message.getEntry().getData());
                }
            }
        }
        try {
            Files.deleteIfExists(target.resolve(BARE + ".template.json"));
            return new Made(Synthesised.in(target), List.copyOf(nags), List.copyOf(nagsOfTheBare));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void remove() throws IOException {
        if (folder == null) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        MADE.clear();
        folder = null;
    }
}
