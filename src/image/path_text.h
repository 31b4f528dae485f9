/* A compiled path in SPARQL's property path syntax (SPARQL 1.1, section 9.1). */
#ifndef RP_IMAGE_PATH_TEXT_H
#define RP_IMAGE_PATH_TEXT_H

#include "image/image.h"

/* How a term of the image is written: in full, or shortened. */
typedef struct RpTermWriter {
    void (*write)(const void *state, RpBuffer *buffer, RpTermId id);
    const void *state;
} RpTermWriter;

/* Write path (index into the image's paths): <p>, ^<p>, <p>/<q>, (<p>|<q>), <p>* and so on. */
void rp_path_text_write(RpBuffer *buffer, const RpImage *image, uint32_t path,
                        const RpTermWriter *predicates);

#endif
