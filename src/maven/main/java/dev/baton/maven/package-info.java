/// The goals of the Maven plugin.
@NullMarked
package dev.baton.maven;

import org.jspecify.annotations.NullMarked;
