package dev.baton.cdk;

import dev.baton.compiler.environment.ContainerSettings;
import dev.baton.compiler.environment.Environment;
import java.util.List;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ecr.CfnRepository;
import software.constructs.Construct;

/// The ground of all containers: the repository of their images, and a security group where the environment names none.
final class ContainerGround {
    private static final int HTTPS = 443;

    private ContainerGround() {}

    /// @return the same with what stands for the security groups
    static Intrinsics under(
            Construct scope, Environment environment, ContainerSettings containers, String key, Intrinsics known) {
        var repository = CfnRepository.Builder.create(scope, "Images")
                .repositoryName(environment.prefix().repository())
                // What a revision of a task definition names is the same as long as it is there.
                .imageTagMutability("IMMUTABLE")
                .imageScanningConfiguration(CfnRepository.ImageScanningConfigurationProperty.builder()
                        .scanOnPush(true)
                        .build())
                .encryptionConfiguration(CfnRepository.EncryptionConfigurationProperty.builder()
                        .encryptionType("KMS")
                        .kmsKey(key)
                        .build())
                .build();
        if (environment.retention().buckets()) {
            StackRetention.on(repository);
        }
        return containers.securityGroups().isEmpty()
                ? known.refer("ContainerSecurityGroups", group(scope, containers.vpc()))
                : known;
    }

    private static String group(Construct scope, String vpc) {
        return CfnSecurityGroup.Builder.create(scope, "Containers")
                .groupDescription("Tasks of Baton in containers: nothing comes in, HTTPS goes out")
                .vpcId(vpc)
                .securityGroupEgress(List.of(CfnSecurityGroup.EgressProperty.builder()
                        .description("To the services of AWS and what tasks call")
                        .ipProtocol("tcp")
                        .fromPort(HTTPS)
                        .toPort(HTTPS)
                        .cidrIp("0.0.0.0/0")
                        .build()))
                .build()
                .getAttrGroupId();
    }
}
