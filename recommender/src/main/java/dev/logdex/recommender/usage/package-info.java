/** What the production servers say of their indexes: values, and where they may come from. */
@NullMarked
package dev.logdex.recommender.usage;

import org.jspecify.annotations.NullMarked;
