package dev.baton.local.iam.policy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One entry of a `Principal` or `NotPrincipal` element.
sealed interface PrincipalPattern {

    /// The closeness with which an entry names a principal; later ones are closer.
    enum Match {
        NONE,
        /// Its account is named, which leaves the decision to the account's own policies.
        ACCOUNT,
        /// The role of the session is named.
        ROLE,
        /// The principal itself is named, or everybody.
        DIRECT
    }

    Match match(Request request);

    /// `"*"` and `{"AWS": "*"}`.
    record Anyone() implements PrincipalPattern {
        @Override
        public Match match(Request request) {
            return Match.DIRECT;
        }
    }

    /// `{"AWS": "111122223333"}` or the account's root ARN.
    record Account(String id) implements PrincipalPattern {
        @Override
        public Match match(Request request) {
            if (!id.equals(request.principal().account())) {
                return Match.NONE;
            }
            return request.principal() instanceof Principal.Root ? Match.DIRECT : Match.ACCOUNT;
        }
    }

    /// `{"AWS": "arn:aws:iam::111122223333:role/r"}`: a user, a role, a role session or a federated user.
    record Named(String arn) implements PrincipalPattern {
        @Override
        public Match match(Request request) {
            return switch (request.principal()) {
                case Principal.User user -> direct(user.arn());
                case Principal.FederatedUser user -> direct(user.arn());
                case Principal.Role role -> arn.equals(role.arn()) ? Match.ROLE : Match.NONE;
                case Principal.RoleSession session ->
                    arn.equals(session.roleArn()) ? Match.ROLE : direct(session.arn());
                case Principal.Root root -> Match.NONE;
                case Principal.Federated federated -> Match.NONE;
                case Principal.Service service -> Match.NONE;
                case Principal.Anonymous anonymous -> Match.NONE;
            };
        }

        private Match direct(String other) {
            return arn.equals(other) ? Match.DIRECT : Match.NONE;
        }
    }

    /// `{"Service": "states.amazonaws.com"}`, or the service in one Region: `states.eu-west-1.amazonaws.com`.
    record Service(String name) implements PrincipalPattern {
        @Override
        public Match match(Request request) {
            return request.principal() instanceof Principal.Service service
                            && (service.name().equals(name) || name.equals(service.regionalName()))
                    ? Match.DIRECT
                    : Match.NONE;
        }
    }

    /// `{"Federated": "arn:aws:iam::111122223333:oidc-provider/…"}` or a provider that AWS has built in.
    record Federated(String provider) implements PrincipalPattern {
        @Override
        public Match match(Request request) {
            return request.principal() instanceof Principal.Federated federated
                            && federated.provider().equals(provider)
                    ? Match.DIRECT
                    : Match.NONE;
        }
    }

    /// `{"AWS": "AROA…"}`: the unique id of a user or role, which AWS puts in an ARN's place. Whoever bears the same
    /// name later is somebody else.
    record UniqueId(String id) implements PrincipalPattern {
        @Override
        public Match match(Request request) {
            var ids = request.context().values("aws:userid");
            if (ids == null || ids.size() != 1) {
                return Match.NONE;
            }
            return ids.getFirst().equals(id)
                    ? Match.DIRECT
                    : ids.getFirst().startsWith(id + ":") ? Match.ROLE : Match.NONE;
        }
    }

    /// A name of nobody whom this place knows, such as a canonical user id.
    record Nobody(String text) implements PrincipalPattern {
        @Override
        public Match match(Request request) {
            return Match.NONE;
        }
    }

    Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
    Pattern ROOT = Pattern.compile("arn:[a-z-]+:iam::([0-9]{12}):root");
    Pattern ENTITY = Pattern.compile(
            "arn:[a-z-]+:(iam::[0-9]{12}:(user|role)/[^*?]+|sts::[0-9]{12}:(assumed-role/[^*?/]+/[^*?/]+|federated-user/[^*?/]+))");
    Pattern UNIQUE_ID = Pattern.compile("A[A-Z]{2,3}A[A-Z0-9]{12,124}");

    /// @return null where the entry is malformed
    static @Nullable PrincipalPattern parse(String type, String text) {
        return switch (type) {
            case "AWS" -> aws(text);
            case "Service" -> text.matches("[a-z0-9.-]+\\.amazonaws\\.com(\\.cn)?") ? new Service(text) : null;
            case "Federated" -> text.equals("*") ? null : new Federated(text);
            case "CanonicalUser" -> text.matches("[0-9a-f]{64}") ? new Nobody(text) : null;
            default -> null;
        };
    }

    private static @Nullable PrincipalPattern aws(String text) {
        if (text.equals("*")) {
            return new Anyone();
        }
        if (ACCOUNT_ID.matcher(text).matches()) {
            return new Account(text);
        }
        var root = ROOT.matcher(text);
        if (root.matches()) {
            return new Account(root.group(1));
        }
        if (ENTITY.matcher(text).matches()) {
            return new Named(text);
        }
        return UNIQUE_ID.matcher(text).matches() ? new UniqueId(text) : null;
    }
}
