/*
 * The numeric datatypes that the shapes of an image ask of predicates: by sh:datatype of a property
 * shape whose path is the predicate, outside sh:or, sh:not and sh:xone. A number that comes without
 * a datatype, as JSON's do, takes its datatype from them.
 */
#ifndef RP_IMAGE_IMAGE_NUMBERS_H
#define RP_IMAGE_IMAGE_NUMBERS_H

#include "image/image.h"

/*
 * The datatype of a number of a predicate, by its lexical form, which is an xsd:decimal: where the
 * shapes ask the predicate for exactly one numeric datatype of which it is a valid value, that;
 * else xsd:integer, if it is a valid one, or xsd:decimal. The image must have an index
 * (image_index.h).
 */
RpTermId rp_image_number_datatype(const RpImage *image, const RpTerm *predicate, RpText lexical);

#endif
