/// The words of states about data, made ready to evaluate: paths, templates, expressions, in both query languages.
@NullMarked
package dev.baton.engine.internal.query;

import org.jspecify.annotations.NullMarked;
