package dev.baton.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.Account;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

class KitExtensionTest {
    private static final List<EmbeddedAws> SEEN = new ArrayList<>();

    /// Run by the tests below, never by itself.
    @EmbeddedAwsTest
    static class Sharing {
        private final EmbeddedAws given;

        Sharing(EmbeddedAws given) {
            this.given = given;
        }

        @BeforeAll
        static void itIsThereFromTheBeginning(EmbeddedAws aws) throws IOException {
            SEEN.add(aws);
            connect(aws);
        }

        @Test
        void its_parts_are_given_too(EmbeddedAws aws, URI endpoint, AccessKey administrator, Account account) {
            SEEN.add(given);
            SEEN.add(aws);
            assertThat(endpoint).isEqualTo(aws.endpoint());
            assertThat(administrator).isEqualTo(aws.administrator());
            assertThat(account).isEqualTo(aws.account());
        }

        @Nested
        class Inner {
            @Test
            void a_nested_class_shares_it(EmbeddedAws aws) {
                SEEN.add(aws);
            }
        }

        @Nested
        class Second {
            @Test
            void so_does_the_next(EmbeddedAws aws) throws IOException {
                connect(aws);
                SEEN.add(aws);
            }
        }
    }

    static class Choosing {
        @RegisterExtension
        static final EmbeddedAwsExtension AWS =
                EmbeddedAwsExtension.with(aws -> aws.account(new Account("123456789012", "eu-central-1")));

        @Test
        void the_builder_is_told(Account account) {
            assertThat(account.region()).isEqualTo("eu-central-1");
        }
    }

    @Test
    void a_class_and_those_inside_it_share_one_that_is_closed_after_the_last_test() {
        SEEN.clear();

        assertThat(run(Sharing.class)).isEqualTo(3);
        assertThat(SEEN).hasSize(5).allSatisfy(aws -> assertThat(aws).isSameAs(SEEN.getFirst()));
        assertThatThrownBy(() -> connect(SEEN.getFirst())).isInstanceOf(IOException.class);
    }

    @Test
    void two_classes_have_two() {
        SEEN.clear();
        run(Sharing.class);
        run(Sharing.class);

        assertThat(SEEN.getFirst()).isNotSameAs(SEEN.getLast());
    }

    @Test
    void it_may_be_chosen_what_it_is() {
        assertThat(run(Choosing.class)).isEqualTo(1);
    }

    private static void connect(EmbeddedAws aws) throws IOException {
        new Socket(aws.endpoint().getHost(), aws.endpoint().getPort()).close();
    }

    /// How many tests passed, where none failed.
    private static long run(Class<?> tests) {
        var listener = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        LauncherFactory.create().execute(request, listener);
        var summary = listener.getSummary();
        summary.getFailures().forEach(failure -> {
            throw new AssertionError(failure.getTestIdentifier().getDisplayName(), failure.getException());
        });
        return summary.getTestsSucceededCount();
    }
}
