package dev.baton.local.iam.policy;

import dev.baton.name.Arn;
import org.jspecify.annotations.Nullable;

/// A principal that makes requests, as the evaluation logic tells them apart.
///
/// See [AWS JSON policy elements:
/// Principal](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html).
public sealed interface Principal {

    /// What error messages and `GetCallerIdentity` call the principal: an ARN, a service's name, or `anonymous`.
    String arn();

    /// The twelve digits of the account, or null for a service and for nobody.
    default @Nullable String account() {
        return Arn.parse(arn()).account();
    }

    /// The account itself.
    record Root(String partition, String account) implements Principal {
        @Override
        public String arn() {
            return "arn:" + partition + ":iam::" + account + ":root";
        }
    }

    /// A user: `arn:aws:iam::111122223333:user/path/name`.
    record User(String arn) implements Principal {}

    /// A role as such, which only simulations have for a principal: `arn:aws:iam::111122223333:role/path/name`.
    record Role(String arn) implements Principal {}

    /// A session of a role.
    ///
    /// @param arn `arn:aws:sts::111122223333:assumed-role/name/session`, in which the role's path does not appear
    /// @param roleArn the role's own ARN, with its path
    record RoleSession(String arn, String roleArn) implements Principal {}

    /// A user's session from `GetFederationToken`: `arn:aws:sts::111122223333:federated-user/name`.
    ///
    /// @param userArn the user who asked for it, whose policies it has; null where only simulations speak of it
    record FederatedUser(String arn, @Nullable String userArn) implements Principal {}

    /// Somebody whom an identity provider vouches for, while a role is being assumed.
    ///
    /// @param provider the provider's ARN or, for those that AWS has built in, its name
    record Federated(String provider) implements Principal {
        @Override
        public String arn() {
            return provider;
        }

        @Override
        public @Nullable String account() {
            return null;
        }
    }

    /// An AWS service, such as `states.amazonaws.com`.
    ///
    /// @param region where it acts; null where that is not known
    record Service(String name, @Nullable String region) implements Principal {
        /// The name that the service has in its Region alone, such as `states.eu-west-1.amazonaws.com`, or null where
        /// the Region is not known. A policy may name a service by either.
        @Nullable
        String regionalName() {
            int dot = name.indexOf('.');
            return region == null || dot < 0 ? null : name.substring(0, dot) + "." + region + name.substring(dot);
        }

        @Override
        public String arn() {
            return name;
        }

        @Override
        public @Nullable String account() {
            return null;
        }
    }

    /// Nobody that we know: an unsigned request.
    record Anonymous() implements Principal {
        @Override
        public String arn() {
            return "anonymous";
        }

        @Override
        public @Nullable String account() {
            return null;
        }
    }

    /// The principal that an ARN, an account's id or a service's name stands for. A role session's role is taken to
    /// have no path.
    ///
    /// @throws IllegalArgumentException when it is the ARN of something else
    static Principal parse(String text) {
        if (text.matches("[0-9]{12}")) {
            return new Root("aws", text);
        }
        if (!text.startsWith("arn:")) {
            return text.equals("anonymous") || text.equals("*") ? new Anonymous() : new Service(text, null);
        }
        var arn = Arn.parse(text);
        var resource = arn.resource();
        if (arn.service().equals("iam")) {
            if (resource.equals("root")) {
                return new Root(arn.partition(), arn.account());
            }
            if (resource.startsWith("user/")) {
                return new User(text);
            }
            if (resource.startsWith("role/")) {
                return new Role(text);
            }
            if (resource.startsWith("oidc-provider/") || resource.startsWith("saml-provider/")) {
                return new Federated(text);
            }
        }
        if (arn.service().equals("sts") && resource.matches("assumed-role/.+/[^/]+")) {
            var role = resource.substring("assumed-role/".length(), resource.lastIndexOf('/'));
            return new RoleSession(text, "arn:" + arn.partition() + ":iam::" + arn.account() + ":role/" + role);
        }
        if (arn.service().equals("sts") && resource.startsWith("federated-user/")) {
            return new FederatedUser(text, null);
        }
        throw new IllegalArgumentException("expected the ARN of a principal, but was " + text);
    }
}
