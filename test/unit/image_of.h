/* Images of shapes for the tests. */
#ifndef RP_TEST_IMAGE_OF_H
#define RP_TEST_IMAGE_OF_H

#include "image/image.h"
#include "shapes_of.h"

/* The image of shapes, in test's arena; its bytes may be changed. The caller ends test, whatever
 * this returns. */
bool rp_test_image_of(RpTestShapes *test, const char *turtle, RpText *bytes, RpImage *image);

#endif
