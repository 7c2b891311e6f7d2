/// Who may do what: the policies about people, in Cedar, over the pipelines that there are.
@NullMarked
package dev.baton.policy;

import org.jspecify.annotations.NullMarked;
