/// Target templates: the key of an object, its policy resource, its trigger pattern, and the parameters in a key.
@NullMarked
package dev.baton.task.template;

import org.jspecify.annotations.NullMarked;
