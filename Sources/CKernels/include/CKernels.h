#pragma once
int coldstart_kernels_placeholder(void);
