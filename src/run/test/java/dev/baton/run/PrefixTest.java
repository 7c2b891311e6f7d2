package dev.baton.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
    private static final String LONGEST = "p".repeat(16);

    @ParameterizedTest
    @ValueSource(strings = {"baton", "dev", "d", "stage2", "pppppppppppppppp", "awsome", "sthree2"})
    void small_letters_and_digits_are_one(String word) {
        assertThat(Prefix.isOne(word)).isTrue();
        assertThat(new Prefix(word).of("weather")).isEqualTo(word + "-weather");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Dev", "dev-2", "2dev", "d.", "d/", "ppppppppppppppppp", "aws", "sthree", "dév", "dev\n"})
    void anything_else_is_none(String word) {
        assertThat(Prefix.isOne(word)).isFalse();
        assertThatThrownBy(() -> new Prefix(word)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_name_of_one_begins_as_names_of_another_do() {
        var beginnings = Stream.of("dev", "devx", "de", "foundation", "devfoundation", "baton")
                .map(Prefix::new)
                .map(prefix -> List.of(
                        prefix.names(),
                        prefix.rolePath(),
                        prefix.deployPath(),
                        prefix.sources(),
                        prefix.foundation(),
                        prefix.storage()))
                .toList();
        for (var one : beginnings) {
            for (var other : beginnings) {
                if (one != other) {
                    for (var i = 0; i < one.size(); i++) {
                        assertThat(one.get(i)).doesNotStartWith(other.get(i));
                    }
                }
            }
        }
    }

    @Test
    void the_longest_names_are_as_long_as_services_take() {
        var prefix = new Prefix(LONGEST);
        var buckets = new ArrayList<String>();
        for (var region : List.of("ap-southeast-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1")) {
            buckets.add(prefix.codeBucket("123456789012", region));
        }
        assertThat(buckets).allSatisfy(bucket -> assertThat(bucket).hasSizeLessThanOrEqualTo(63));
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html and so on: 64 is the least of all.
        assertThat(prefix.completions()).hasSizeLessThanOrEqualTo(64);
        assertThat(prefix.foundation("p".repeat(Prefix.LONGEST_WITH_PIPELINE - LONGEST.length())))
                .hasSizeLessThanOrEqualTo(128);
        assertThat(prefix.of("p".repeat(Prefix.LONGEST_WITH_PIPELINE - LONGEST.length())) + "-start-throttled")
                .hasSizeLessThanOrEqualTo(64);
    }
}
