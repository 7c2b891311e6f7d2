package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A machine for which Cedar has no native library, such as Alpine Linux.
class MissingLibraryTest {

    @Test
    void without_the_library_everything_is_denied_with_a_sentence() throws Exception {
        try (var alpine = new WithoutLibraries()) {
            @SuppressWarnings("unchecked")
            var told = (Supplier<List<String>>) alpine.loadClass(OwnerAsks.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            var answers = told.get();
            assertThat(answers).hasSize(3);
            assertThat(answers.get(0))
                    .startsWith("false")
                    .contains("Cedar's native library cannot be loaded on", "POL008");
            // The second time the class that needs it is broken already.
            assertThat(answers.get(1)).startsWith("false").contains("Cedar's native library cannot be loaded on");
            assertThat(answers.get(2)).isEqualTo("[POL008]");
        }
        assertThat(new OwnerAsks().get().getFirst()).startsWith("true");
    }

    /// What an owner may do, and what there is against the default.
    public static final class OwnerAsks implements Supplier<List<String>> {
        @Override
        public List<String> get() {
            var answers = new ArrayList<String>();
            for (var i = 0; i < 2; i++) {
                var answer =
                        Facts.policies(null).ask(Facts.question(Facts.ADA, PolicyAction.START, "weather", Map.of()));
                answers.add(answer.allowed() + " " + answer.reason());
            }
            answers.add(ParsedPolicies.of("policies.cedar", CedarSource.DEFAULT.text()).findings().stream()
                    .map(finding -> finding.code())
                    .toList()
                    .toString());
            return answers;
        }
    }

    /// The class path of the tests, once more, without native code.
    private static final class WithoutLibraries extends URLClassLoader {
        WithoutLibraries() throws MalformedURLException {
            super(urls(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] urls() throws MalformedURLException {
            var urls = new ArrayList<URL>();
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }

        @Override
        public @Nullable URL findResource(String name) {
            return name.startsWith("jne/") ? null : super.findResource(name);
        }
    }
}
