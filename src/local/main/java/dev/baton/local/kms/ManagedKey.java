package dev.baton.local.kms;

import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.Policy;

/// AWS's own key for a service. It comes into being when it is first asked for.
enum ManagedKey {
    S3("s3", "S3", "auto-s3-2", "Default key that protects my S3 objects when no other key is defined"),
    SECRETS_MANAGER(
            "secretsmanager",
            "AWS Secrets Manager",
            "auto-secretsmanager-2",
            "Default key that protects my Secrets Manager data when no other key is defined");

    private final String service;
    private final String title;
    private final String policyId;
    private final String description;

    ManagedKey(String service, String title, String policyId, String description) {
        this.service = service;
        this.title = title;
        this.policyId = policyId;
        this.description = description;
    }

    String service() {
        return service;
    }

    /// Such as `alias/aws/s3`.
    String alias() {
        return "alias/aws/" + service;
    }

    String description() {
        return description;
    }

    /// Everybody of the account who may use the service may use it through the service.
    Policy policy(Account account) {
        return Keyring.policy("""
                {"Version":"2012-10-17","Id":"%3$s","Statement":[{"Sid":"Allow access through %5$s for all \
                principals in the account that are authorized to use %5$s","Effect":"Allow","Principal":{"AWS":"*"},\
                "Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:DescribeKey"],\
                "Resource":"*","Condition":{"StringEquals":{"kms:CallerAccount":"%1$s",\
                "kms:ViaService":"%4$s.%2$s.amazonaws.com"}}},{"Sid":"Allow direct access to key metadata to the \
                account","Effect":"Allow","Principal":{"AWS":"%6$s"},"Action":["kms:Describe*","kms:Get*","kms:List*"],\
                "Resource":"*"}]}""".formatted(
                        account.id(), account.region(), policyId, service, title, account.globalArn("iam", "root")));
    }
}
