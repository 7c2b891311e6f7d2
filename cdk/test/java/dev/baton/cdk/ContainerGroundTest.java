package dev.baton.cdk;

import static dev.baton.cdk.Glacier.ICE;
import static dev.baton.cdk.Glacier.REVISION;
import static dev.baton.cdk.Synthesised.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.run.Prefix;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awscdk.Stack;

/// What containers need before they are deployed: images, a network, the right to push.
@ExtendWith(Stacks.class)
class ContainerGroundTest {
    @Test
    void images_cannot_change_are_scanned_and_encrypted_and_are_kept() {
        var images = Glacier.made().one("AWS::ECR::Repository");

        assertThat(images.stack()).isEqualTo(Prefix.BATON.foundation());
        assertThat(images.property("RepositoryName")).isEqualTo("baton-tasks");
        assertThat(images.property("ImageTagMutability")).isEqualTo("IMMUTABLE");
        assertThat(images.at("ImageScanningConfiguration/ScanOnPush")).isEqualTo(true);
        assertThat(Glacier.made().resolved(images.stack(), images.property("EncryptionConfiguration")))
                .isEqualTo(Map.of(
                        "EncryptionType",
                        "KMS",
                        "KmsKey",
                        "<AWS::KMS::Key." + Glacier.made().one("AWS::KMS::Key").id() + ".Arn>"));
        assertThat(images.body()).containsEntry("DeletionPolicy", "RetainExceptOnCreate");
    }

    @Test
    void who_deploys_may_push_images_to_the_one_repository() {
        var stacks = Glacier.made().one("AWS::IAM::ManagedPolicy", "ManagedPolicyName", "baton-ice-deploy-stacks");
        var rights = object(Glacier.made().resolved(stacks.stack(), stacks.property("PolicyDocument")));

        assertThat((List<?>) rights.get("Statement"))
                .map(statement -> object(statement))
                .filteredOn(statement -> "PushImages".equals(statement.get("Sid")))
                .singleElement()
                .satisfies(statement -> {
                    assertThat(statement.get("Action").toString()).contains("ecr:PutImage");
                    assertThat(statement.get("Resource"))
                            .isEqualTo(List.of("arn:aws:ecr:eu-central-1:444444444444:repository/baton-tasks"));
                });
    }

    @Test
    void nothing_reaches_a_container_and_only_https_leaves_it() {
        var group = Glacier.made().one("AWS::EC2::SecurityGroup");

        assertThat(group.stack()).isEqualTo(Prefix.BATON.foundation());
        assertThat(group.property("VpcId")).isEqualTo("vpc-12345678");
        assertThat(group.property("SecurityGroupIngress")).isNull();
        assertThat((List<?>) group.property("SecurityGroupEgress"))
                .singleElement()
                .satisfies(rule -> assertThat(object(rule))
                        .containsEntry("IpProtocol", "tcp")
                        .containsEntry("FromPort", 443L)
                        .containsEntry("ToPort", 443L));
    }

    @Test
    void the_foundation_is_still_small_enough_to_be_deployed_in_a_request() throws IOException {
        for (var synthesised : List.of(Glacier.made(), Glacier.given())) {
            assertThat(InRequest.length(synthesised.folder().resolve(Prefix.BATON.foundation() + ".template.json")))
                    .isLessThan(InRequest.MOST);
        }
    }

    @Test
    void without_a_network_no_stack_is_made() {
        var nowhere = Glacier.environment("nowhere", "");
        var app = BatonApp.in(Stacks.folder().resolve("nowhere"));

        assertThatThrownBy(() -> BatonApp.add(app, nowhere, List.of(ICE), Glacier.code(), REVISION))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("ENV010")
                .hasMessageContaining("baton-ice-Flow, baton-ice-Tongue");
        assertThatThrownBy(() -> new BatonFoundation(new Stack(app, "Own"), "Foundation", nowhere, List.of(ICE)))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining("ENV010");
    }
}
