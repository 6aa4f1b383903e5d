typedef struct This_s{
   __global int *p;
   __global float *arena;
   __local float *left;
   int spread;
   __global float *f;
   __local float *right;
   __local int *rows;
   __local int *inner;
   int amount;
   int place;
   int transfer;
   __global float *stage;
   __global float *slot;
   int start;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
int org_netloom_tensor_opencl_DeviceMemory__lanes(This *this){
   return((get_local_size(0) * get_local_size(1)));
}
int org_netloom_tensor_opencl_DeviceMemory__groups(This *this){
   return(get_num_groups(0));
}
int org_netloom_tensor_opencl_ProductKernels__offset(This *this, int s, int i){
   int result = 0;
   if (this->p[s]==0){
      result = i * this->p[(s + 1)];
   } else {
      if (this->p[s]==1){
         {
            int line = i / this->p[(s + 2)];
            int y = ((line % this->p[(s + 1)]) * this->p[(s + 6)]) + this->p[(s + 7)];
            int x = ((i % this->p[(s + 2)]) * this->p[(s + 8)]) + this->p[(s + 9)];
            result = (((((line / this->p[(s + 1)]) * this->p[(s + 3)]) + y) * this->p[(s + 4)]) + x) * this->p[(s + 5)];
         }
      } else {
         result = this->p[(this->p[(s + 1)] + (3 * i))];
      }
   }
   return(result);
}
int org_netloom_tensor_opencl_RunKernels__within(This *this, int e, int low, int high){
   int result = 0;
   if (e>=low && e<high){
      result = 1;
   }
   return(result);
}
int org_netloom_tensor_opencl_RunKernels__border(This *this, int e, int low, int high, int end){
   int result = end;
   if (low>e){
      result = low;
   } else {
      if (high>e){
         result = high;
      }
   }
   return(result);
}
int org_netloom_tensor_opencl_RunKernels__high(This *this, int q, int x){
   int at = this->p[(q + 16)];
   int next = this->p[(q + 22)];
   if (next!=0){
      at = max(0, ((((this->p[(q + 12)] - x) + next) - 1) / next)) * this->p[(q + 23)];
   }
   return(at);
}
int org_netloom_tensor_opencl_RunKernels__low(This *this, int q, int y, int x){
   int at = 0;
   int next = this->p[(q + 22)];
   if (y<0 || y>=this->p[(q + 11)] || next==0 && (x<0 || x>=this->p[(q + 12)])){
      at = this->p[(q + 16)];
   } else {
      if (next!=0 && x<0){
         at = (((next - 1) - x) / next) * this->p[(q + 23)];
      }
   }
   return(at);
}
int org_netloom_tensor_opencl_ProductKernels__placeX(This *this, int s, int i){
   int result = 0;
   if (this->p[s]==1){
      result = ((i % this->p[(s + 2)]) * this->p[(s + 8)]) + this->p[(s + 9)];
   } else {
      if (this->p[s]==2){
         result = this->p[((this->p[(s + 1)] + (3 * i)) + 2)];
      }
   }
   return(result);
}
int org_netloom_tensor_opencl_ProductKernels__placeY(This *this, int s, int i){
   int result = 0;
   if (this->p[s]==1){
      result = (((i / this->p[(s + 2)]) % this->p[(s + 1)]) * this->p[(s + 6)]) + this->p[(s + 7)];
   } else {
      if (this->p[s]==2){
         result = this->p[((this->p[(s + 1)] + (3 * i)) + 1)];
      }
   }
   return(result);
}
 __global float* org_netloom_tensor_opencl_DeviceMemory__memory(This *this, int place){
   return(this->arena);
}
int org_netloom_tensor_opencl_ProductKernels__batch(This *this, int q, int batch, int first, int second){
   int pairs = this->p[(q + 24)];
   return((((batch / pairs) * this->p[(q + first)]) + ((batch % pairs) * this->p[(q + second)])));
}
int org_netloom_tensor_opencl_DeviceMemory__inside(This *this, int place){
   return(place);
}
int org_netloom_tensor_opencl_DeviceMemory__lane(This *this){
   return(((get_local_id(1) * get_local_size(0)) + get_local_id(0)));
}
int org_netloom_tensor_opencl_DeviceMemory__stretch(This *this, int n, int item){
   int items = org_netloom_tensor_opencl_DeviceMemory__groups(this) * org_netloom_tensor_opencl_DeviceMemory__lanes(this);
   return((((n / items) * item) + min(item, (n % items))));
}
int org_netloom_tensor_opencl_DeviceMemory__group(This *this){
   return(get_group_id(0));
}
int org_netloom_tensor_opencl_DepthwiseKernels__source(This *this, int at, int tap, int side, int stride, int pad, int dilation, int backward){
   int place = ((at * stride) - pad) + (tap * dilation);
   if (backward!=0){
      place = (at + pad) - (tap * dilation);
      if (stride>1){
         if ((place % stride)!=0){
            place = -1;
         } else {
            place = place / stride;
         }
      }
   }
   if (place>=side){
      place = -1;
   }
   return(place);
}
void org_netloom_tensor_opencl_EightColumnKernels__eightColumns(This *this, int q, int i, int j, int batch, int slice){
   int share = ((this->p[(q + 3)] + this->p[(q + 5)]) - 1) / this->p[(q + 5)];
   int until = min(this->p[(q + 3)], ((slice + 1) * share));
   int run = this->p[(q + 16)];
   int row = this->p[(q + 15)];
   int apart = this->p[(q + 21)];
   int left = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 7, 25);
   int right = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 14, 26)) + j;
   int to = ((org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 17)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 18, 27)) + (slice * this->p[(q + 19)])) + j;
    __global float* lefts = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
    __global float* rights = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
    __global float* results = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 17)]);
   int i1 = min((i + 1), (this->p[(q + 1)] - 1));
   int i2 = min((i + 2), (this->p[(q + 1)] - 1));
   int i3 = min((i + 3), (this->p[(q + 1)] - 1));
   int from0 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i);
   int y0 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i);
   int x0 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i);
   int from1 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i1);
   int y1 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i1);
   int x1 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i1);
   int from2 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i2);
   int y2 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i2);
   int x2 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i2);
   int from3 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i3);
   int y3 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i3);
   int x3 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i3);
   float s00 = 0.0f;
   float s01 = 0.0f;
   float s02 = 0.0f;
   float s03 = 0.0f;
   float s04 = 0.0f;
   float s05 = 0.0f;
   float s06 = 0.0f;
   float s07 = 0.0f;
   float s10 = 0.0f;
   float s11 = 0.0f;
   float s12 = 0.0f;
   float s13 = 0.0f;
   float s14 = 0.0f;
   float s15 = 0.0f;
   float s16 = 0.0f;
   float s17 = 0.0f;
   float s20 = 0.0f;
   float s21 = 0.0f;
   float s22 = 0.0f;
   float s23 = 0.0f;
   float s24 = 0.0f;
   float s25 = 0.0f;
   float s26 = 0.0f;
   float s27 = 0.0f;
   float s30 = 0.0f;
   float s31 = 0.0f;
   float s32 = 0.0f;
   float s33 = 0.0f;
   float s34 = 0.0f;
   float s35 = 0.0f;
   float s36 = 0.0f;
   float s37 = 0.0f;
   int length = 0;
   for (int k = slice * share; k<until; k = k + length){
      int first = k % run;
      int start = k - first;
      length = min((run - first), (until - k));
      int at = org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 9)], start);
      int y = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 9)], start);
      int x = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 9)], start);
      int low0 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y0), (x + x0));
      int high0 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x0));
      int a0 = at + from0;
      int low1 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y1), (x + x1));
      int high1 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x1));
      int a1 = at + from1;
      int low2 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y2), (x + x2));
      int high2 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x2));
      int a2 = at + from2;
      int low3 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y3), (x + x3));
      int high3 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x3));
      int a3 = at + from3;
      int end = first + length;
      int stop = 0;
      for (int e0 = first; e0<end; e0 = stop){
         stop = end;
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low0, high0, end));
         int in0 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low0, high0);
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low1, high1, end));
         int in1 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low1, high1);
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low2, high2, end));
         int in2 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low2, high2);
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low3, high3, end));
         int in3 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low3, high3);
         int b = right + ((start + e0) * row);
         for (int e = e0; e<stop; e++){
            {
               float v0 = 0.0f;
               if (in0!=0){
                  v0 = lefts[(a0 + (e * apart))];
               }
               float v1 = 0.0f;
               if (in1!=0){
                  v1 = lefts[(a1 + (e * apart))];
               }
               float v2 = 0.0f;
               if (in2!=0){
                  v2 = lefts[(a2 + (e * apart))];
               }
               float v3 = 0.0f;
               if (in3!=0){
                  v3 = lefts[(a3 + (e * apart))];
               }
               float b0 = rights[b];
               float b1 = rights[(b + 1)];
               float b2 = rights[(b + 2)];
               float b3 = rights[(b + 3)];
               float b4 = rights[(b + 4)];
               float b5 = rights[(b + 5)];
               float b6 = rights[(b + 6)];
               float b7 = rights[(b + 7)];
               s00 = s00 + (v0 * b0);
               s01 = s01 + (v0 * b1);
               s02 = s02 + (v0 * b2);
               s03 = s03 + (v0 * b3);
               s04 = s04 + (v0 * b4);
               s05 = s05 + (v0 * b5);
               s06 = s06 + (v0 * b6);
               s07 = s07 + (v0 * b7);
               s10 = s10 + (v1 * b0);
               s11 = s11 + (v1 * b1);
               s12 = s12 + (v1 * b2);
               s13 = s13 + (v1 * b3);
               s14 = s14 + (v1 * b4);
               s15 = s15 + (v1 * b5);
               s16 = s16 + (v1 * b6);
               s17 = s17 + (v1 * b7);
               s20 = s20 + (v2 * b0);
               s21 = s21 + (v2 * b1);
               s22 = s22 + (v2 * b2);
               s23 = s23 + (v2 * b3);
               s24 = s24 + (v2 * b4);
               s25 = s25 + (v2 * b5);
               s26 = s26 + (v2 * b6);
               s27 = s27 + (v2 * b7);
               s30 = s30 + (v3 * b0);
               s31 = s31 + (v3 * b1);
               s32 = s32 + (v3 * b2);
               s33 = s33 + (v3 * b3);
               s34 = s34 + (v3 * b4);
               s35 = s35 + (v3 * b5);
               s36 = s36 + (v3 * b6);
               s37 = s37 + (v3 * b7);
               b = b + row;
            }
         }
      }
   }
   int to0 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i);
   int to1 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i1);
   int to2 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i2);
   int to3 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i3);
   results[to3]  = s30;
   results[to3 + 1]  = s31;
   results[to3 + 2]  = s32;
   results[to3 + 3]  = s33;
   results[to3 + 4]  = s34;
   results[to3 + 5]  = s35;
   results[to3 + 6]  = s36;
   results[to3 + 7]  = s37;
   results[to2]  = s20;
   results[to2 + 1]  = s21;
   results[to2 + 2]  = s22;
   results[to2 + 3]  = s23;
   results[to2 + 4]  = s24;
   results[to2 + 5]  = s25;
   results[to2 + 6]  = s26;
   results[to2 + 7]  = s27;
   results[to1]  = s10;
   results[to1 + 1]  = s11;
   results[to1 + 2]  = s12;
   results[to1 + 3]  = s13;
   results[to1 + 4]  = s14;
   results[to1 + 5]  = s15;
   results[to1 + 6]  = s16;
   results[to1 + 7]  = s17;
   results[to0]  = s00;
   results[to0 + 1]  = s01;
   results[to0 + 2]  = s02;
   results[to0 + 3]  = s03;
   results[to0 + 4]  = s04;
   results[to0 + 5]  = s05;
   results[to0 + 6]  = s06;
   results[to0 + 7]  = s07;
   return;
}
void org_netloom_tensor_opencl_SixteenColumnKernels__sixteenColumns(This *this, int q, int i, int j, int batch, int slice){
   int share = ((this->p[(q + 3)] + this->p[(q + 5)]) - 1) / this->p[(q + 5)];
   int until = min(this->p[(q + 3)], ((slice + 1) * share));
   int run = this->p[(q + 16)];
   int row = this->p[(q + 15)];
   int apart = this->p[(q + 21)];
   int left = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 7, 25);
   int right = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 14, 26)) + j;
   int to = ((org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 17)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 18, 27)) + (slice * this->p[(q + 19)])) + j;
    __global float* lefts = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
    __global float* rights = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
    __global float* results = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 17)]);
   int i1 = min((i + 1), (this->p[(q + 1)] - 1));
   int i2 = min((i + 2), (this->p[(q + 1)] - 1));
   int i3 = min((i + 3), (this->p[(q + 1)] - 1));
   int from0 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i);
   int y0 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i);
   int x0 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i);
   int from1 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i1);
   int y1 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i1);
   int x1 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i1);
   int from2 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i2);
   int y2 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i2);
   int x2 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i2);
   int from3 = left + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i3);
   int y3 = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i3);
   int x3 = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i3);
   float s00 = 0.0f;
   float s01 = 0.0f;
   float s02 = 0.0f;
   float s03 = 0.0f;
   float s04 = 0.0f;
   float s05 = 0.0f;
   float s06 = 0.0f;
   float s07 = 0.0f;
   float s08 = 0.0f;
   float s09 = 0.0f;
   float s0a = 0.0f;
   float s0b = 0.0f;
   float s0c = 0.0f;
   float s0d = 0.0f;
   float s0e = 0.0f;
   float s0f = 0.0f;
   float s10 = 0.0f;
   float s11 = 0.0f;
   float s12 = 0.0f;
   float s13 = 0.0f;
   float s14 = 0.0f;
   float s15 = 0.0f;
   float s16 = 0.0f;
   float s17 = 0.0f;
   float s18 = 0.0f;
   float s19 = 0.0f;
   float s1a = 0.0f;
   float s1b = 0.0f;
   float s1c = 0.0f;
   float s1d = 0.0f;
   float s1e = 0.0f;
   float s1f = 0.0f;
   float s20 = 0.0f;
   float s21 = 0.0f;
   float s22 = 0.0f;
   float s23 = 0.0f;
   float s24 = 0.0f;
   float s25 = 0.0f;
   float s26 = 0.0f;
   float s27 = 0.0f;
   float s28 = 0.0f;
   float s29 = 0.0f;
   float s2a = 0.0f;
   float s2b = 0.0f;
   float s2c = 0.0f;
   float s2d = 0.0f;
   float s2e = 0.0f;
   float s2f = 0.0f;
   float s30 = 0.0f;
   float s31 = 0.0f;
   float s32 = 0.0f;
   float s33 = 0.0f;
   float s34 = 0.0f;
   float s35 = 0.0f;
   float s36 = 0.0f;
   float s37 = 0.0f;
   float s38 = 0.0f;
   float s39 = 0.0f;
   float s3a = 0.0f;
   float s3b = 0.0f;
   float s3c = 0.0f;
   float s3d = 0.0f;
   float s3e = 0.0f;
   float s3f = 0.0f;
   int length = 0;
   for (int k = slice * share; k<until; k = k + length){
      int first = k % run;
      int start = k - first;
      length = min((run - first), (until - k));
      int at = org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 9)], start);
      int y = org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 9)], start);
      int x = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 9)], start);
      int low0 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y0), (x + x0));
      int high0 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x0));
      int a0 = at + from0;
      int low1 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y1), (x + x1));
      int high1 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x1));
      int a1 = at + from1;
      int low2 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y2), (x + x2));
      int high2 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x2));
      int a2 = at + from2;
      int low3 = org_netloom_tensor_opencl_RunKernels__low(this, q, (y + y3), (x + x3));
      int high3 = org_netloom_tensor_opencl_RunKernels__high(this, q, (x + x3));
      int a3 = at + from3;
      int end = first + length;
      int stop = 0;
      for (int e0 = first; e0<end; e0 = stop){
         stop = end;
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low0, high0, end));
         int in0 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low0, high0);
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low1, high1, end));
         int in1 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low1, high1);
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low2, high2, end));
         int in2 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low2, high2);
         stop = min(stop, org_netloom_tensor_opencl_RunKernels__border(this, e0, low3, high3, end));
         int in3 = org_netloom_tensor_opencl_RunKernels__within(this, e0, low3, high3);
         int b = right + ((start + e0) * row);
         for (int e = e0; e<stop; e++){
            {
               float v0 = 0.0f;
               if (in0!=0){
                  v0 = lefts[(a0 + (e * apart))];
               }
               float v1 = 0.0f;
               if (in1!=0){
                  v1 = lefts[(a1 + (e * apart))];
               }
               float v2 = 0.0f;
               if (in2!=0){
                  v2 = lefts[(a2 + (e * apart))];
               }
               float v3 = 0.0f;
               if (in3!=0){
                  v3 = lefts[(a3 + (e * apart))];
               }
               float b0 = rights[b];
               float b1 = rights[(b + 1)];
               float b2 = rights[(b + 2)];
               float b3 = rights[(b + 3)];
               float b4 = rights[(b + 4)];
               float b5 = rights[(b + 5)];
               float b6 = rights[(b + 6)];
               float b7 = rights[(b + 7)];
               float b8 = rights[(b + 8)];
               float b9 = rights[(b + 9)];
               float ba = rights[(b + 10)];
               float bb = rights[(b + 11)];
               float bc = rights[(b + 12)];
               float bd = rights[(b + 13)];
               float be = rights[(b + 14)];
               float bf = rights[(b + 15)];
               s00 = s00 + (v0 * b0);
               s01 = s01 + (v0 * b1);
               s02 = s02 + (v0 * b2);
               s03 = s03 + (v0 * b3);
               s04 = s04 + (v0 * b4);
               s05 = s05 + (v0 * b5);
               s06 = s06 + (v0 * b6);
               s07 = s07 + (v0 * b7);
               s08 = s08 + (v0 * b8);
               s09 = s09 + (v0 * b9);
               s0a = s0a + (v0 * ba);
               s0b = s0b + (v0 * bb);
               s0c = s0c + (v0 * bc);
               s0d = s0d + (v0 * bd);
               s0e = s0e + (v0 * be);
               s0f = s0f + (v0 * bf);
               s10 = s10 + (v1 * b0);
               s11 = s11 + (v1 * b1);
               s12 = s12 + (v1 * b2);
               s13 = s13 + (v1 * b3);
               s14 = s14 + (v1 * b4);
               s15 = s15 + (v1 * b5);
               s16 = s16 + (v1 * b6);
               s17 = s17 + (v1 * b7);
               s18 = s18 + (v1 * b8);
               s19 = s19 + (v1 * b9);
               s1a = s1a + (v1 * ba);
               s1b = s1b + (v1 * bb);
               s1c = s1c + (v1 * bc);
               s1d = s1d + (v1 * bd);
               s1e = s1e + (v1 * be);
               s1f = s1f + (v1 * bf);
               s20 = s20 + (v2 * b0);
               s21 = s21 + (v2 * b1);
               s22 = s22 + (v2 * b2);
               s23 = s23 + (v2 * b3);
               s24 = s24 + (v2 * b4);
               s25 = s25 + (v2 * b5);
               s26 = s26 + (v2 * b6);
               s27 = s27 + (v2 * b7);
               s28 = s28 + (v2 * b8);
               s29 = s29 + (v2 * b9);
               s2a = s2a + (v2 * ba);
               s2b = s2b + (v2 * bb);
               s2c = s2c + (v2 * bc);
               s2d = s2d + (v2 * bd);
               s2e = s2e + (v2 * be);
               s2f = s2f + (v2 * bf);
               s30 = s30 + (v3 * b0);
               s31 = s31 + (v3 * b1);
               s32 = s32 + (v3 * b2);
               s33 = s33 + (v3 * b3);
               s34 = s34 + (v3 * b4);
               s35 = s35 + (v3 * b5);
               s36 = s36 + (v3 * b6);
               s37 = s37 + (v3 * b7);
               s38 = s38 + (v3 * b8);
               s39 = s39 + (v3 * b9);
               s3a = s3a + (v3 * ba);
               s3b = s3b + (v3 * bb);
               s3c = s3c + (v3 * bc);
               s3d = s3d + (v3 * bd);
               s3e = s3e + (v3 * be);
               s3f = s3f + (v3 * bf);
               b = b + row;
            }
         }
      }
   }
   int to0 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i);
   int to1 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i1);
   int to2 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i2);
   int to3 = to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i3);
   results[to3]  = s30;
   results[to3 + 1]  = s31;
   results[to3 + 2]  = s32;
   results[to3 + 3]  = s33;
   results[to3 + 4]  = s34;
   results[to3 + 5]  = s35;
   results[to3 + 6]  = s36;
   results[to3 + 7]  = s37;
   results[to3 + 8]  = s38;
   results[to3 + 9]  = s39;
   results[to3 + 10]  = s3a;
   results[to3 + 11]  = s3b;
   results[to3 + 12]  = s3c;
   results[to3 + 13]  = s3d;
   results[to3 + 14]  = s3e;
   results[to3 + 15]  = s3f;
   results[to2]  = s20;
   results[to2 + 1]  = s21;
   results[to2 + 2]  = s22;
   results[to2 + 3]  = s23;
   results[to2 + 4]  = s24;
   results[to2 + 5]  = s25;
   results[to2 + 6]  = s26;
   results[to2 + 7]  = s27;
   results[to2 + 8]  = s28;
   results[to2 + 9]  = s29;
   results[to2 + 10]  = s2a;
   results[to2 + 11]  = s2b;
   results[to2 + 12]  = s2c;
   results[to2 + 13]  = s2d;
   results[to2 + 14]  = s2e;
   results[to2 + 15]  = s2f;
   results[to1]  = s10;
   results[to1 + 1]  = s11;
   results[to1 + 2]  = s12;
   results[to1 + 3]  = s13;
   results[to1 + 4]  = s14;
   results[to1 + 5]  = s15;
   results[to1 + 6]  = s16;
   results[to1 + 7]  = s17;
   results[to1 + 8]  = s18;
   results[to1 + 9]  = s19;
   results[to1 + 10]  = s1a;
   results[to1 + 11]  = s1b;
   results[to1 + 12]  = s1c;
   results[to1 + 13]  = s1d;
   results[to1 + 14]  = s1e;
   results[to1 + 15]  = s1f;
   results[to0]  = s00;
   results[to0 + 1]  = s01;
   results[to0 + 2]  = s02;
   results[to0 + 3]  = s03;
   results[to0 + 4]  = s04;
   results[to0 + 5]  = s05;
   results[to0 + 6]  = s06;
   results[to0 + 7]  = s07;
   results[to0 + 8]  = s08;
   results[to0 + 9]  = s09;
   results[to0 + 10]  = s0a;
   results[to0 + 11]  = s0b;
   results[to0 + 12]  = s0c;
   results[to0 + 13]  = s0d;
   results[to0 + 14]  = s0e;
   results[to0 + 15]  = s0f;
   return;
}
float org_netloom_tensor_opencl_DeviceMemory__operand(This *this, int q, int k, int i){
   return(org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + k)])[(org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + k)]) + i)]);
}
float org_netloom_tensor_opencl_ElementKernels__hyperbolic(This *this, float x){
   float z = x * x;
   float y = x * (1.0f - (z * (0.33333334f - (z * (0.13333333f - (z * 0.05396825f))))));
   if (z>0.04f){
      y = 1.0f - (2.0f / (exp((2.0f * x)) + 1.0f));
   }
   return(y);
}
float org_netloom_tensor_opencl_ElementKernels__sigmoid(This *this, float x){
   return((1.0f / (1.0f + exp(-x))));
}
float org_netloom_tensor_opencl_ElementKernels__erf(This *this, float x){
   float z = fabs(x);
   float t = 1.0f / (1.0f + (0.3275911f * z));
   float series = (1.0614054f * t) - 1.4531521f;
   series = (series * t) + 1.4214138f;
   series = (series * t) - 0.28449672f;
   series = (series * t) + 0.2548296f;
   float y = 1.0f - ((series * t) * exp((-z * z)));
   if (x<0.0f){
      y = -y;
   }
   return(y);
}
float org_netloom_tensor_opencl_ElementKernels__rectified(This *this, float x){
   float y = x;
   if (x<=0.0f){
      y = 0.0f;
   }
   return(y);
}
float org_netloom_tensor_opencl_SweepKernels__dot(This *this,  __global float* home, int a, int b, int n, int step){
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, a);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, b);
   float sum = 0.0f;
   for (int i = 0; i<n; i++){
      sum = sum + (home[(x + i)] * home[(y + (i * step))]);
   }
   return(sum);
}
int org_netloom_tensor_opencl_SweepKernels__stateGradient(This *this, int q, int sweep){
   int at = this->p[(q + 47)];
   if (sweep==0){
      at = this->p[(q + 45)];
   }
   return(at);
}
int org_netloom_tensor_opencl_SweepKernels__rowOf(This *this, int q, int sweep, int v){
   return((this->p[(q + 43)] + (((sweep * this->p[(q + 46)]) + v) * this->p[(q + 44)])));
}
int org_netloom_tensor_opencl_SweepKernels__before(This *this, int q, int sweep, int v){
   int at = this->p[(q + 3)];
   if (sweep==1){
      at = this->p[(q + 4)];
   }
   return((at + (v * this->p[(q + 1)])));
}
int org_netloom_tensor_opencl_SweepKernels__messageOf(This *this, int q){
   return((this->p[(q + 7)] - (5 * this->p[(q + 1)])));
}
int org_netloom_tensor_opencl_SweepKernels__tapeOf(This *this, int q, int sweep, int v){
   return((this->p[(q + 6)] + (((sweep * this->p[(q + 46)]) + v) * this->p[(q + 7)])));
}
int org_netloom_tensor_opencl_SweepKernels__partOf(This *this, int q, int mlp){
   int at = 5 * this->p[(q + 1)];
   if (mlp==1){
      at = at + (this->p[(q + 1)] + this->p[(q + 16)]);
   }
   return(at);
}
float org_netloom_tensor_opencl_SweepKernels__passed(This *this, float g, float y){
   float result = 0.0f;
   if (y>0.0f){
      result = g;
   }
   return(result);
}
int org_netloom_tensor_opencl_SweepKernels__sweepAt(This *this, int q, int sweep){
   return(((q + 24) + (9 * sweep)));
}
int org_netloom_tensor_opencl_SweepKernels__after(This *this, int q, int sweep, int v){
   return((this->p[((q + 4) + sweep)] + (v * this->p[(q + 1)])));
}
float org_netloom_tensor_opencl_DeviceMemory__rowSum(This *this, float value){
   int lane = org_netloom_tensor_opencl_DeviceMemory__lane(this);
   int x = get_local_id(0);
   this->left[lane]  = value;
   barrier(CLK_LOCAL_MEM_FENCE);
   for (int span = get_local_size(0) / 2; span>0; span = span / 2){
      if (x<span){
         this->left[lane]  = this->left[lane] + this->left[(lane + span)];
      }
      barrier(CLK_LOCAL_MEM_FENCE);
   }
   float sum = this->left[(lane - x)];
   barrier(CLK_LOCAL_MEM_FENCE);
   return(sum);
}
int org_netloom_tensor_opencl_DeviceMemory__first(This *this, int n){
   int result = (org_netloom_tensor_opencl_DeviceMemory__group(this) * org_netloom_tensor_opencl_DeviceMemory__lanes(this)) + org_netloom_tensor_opencl_DeviceMemory__lane(this);
   if (this->spread==0){
      result = org_netloom_tensor_opencl_DeviceMemory__stretch(this, n, ((org_netloom_tensor_opencl_DeviceMemory__lane(this) * org_netloom_tensor_opencl_DeviceMemory__groups(this)) + org_netloom_tensor_opencl_DeviceMemory__group(this)));
   }
   return(result);
}
int org_netloom_tensor_opencl_DeviceMemory__end(This *this, int n){
   int result = n;
   if (this->spread==0){
      result = org_netloom_tensor_opencl_DeviceMemory__stretch(this, n, (((org_netloom_tensor_opencl_DeviceMemory__lane(this) * org_netloom_tensor_opencl_DeviceMemory__groups(this)) + org_netloom_tensor_opencl_DeviceMemory__group(this)) + 1));
   }
   return(result);
}
float org_netloom_tensor_opencl_AttentionKernels__score(This *this, int q, float x,  __global float* biases, int at){
   float result = x;
   if (this->p[(q + 7)]>0){
      result = result + biases[at];
   }
   return(result);
}
float org_netloom_tensor_opencl_DeviceMemory__rowMax(This *this, float value){
   int lane = org_netloom_tensor_opencl_DeviceMemory__lane(this);
   int x = get_local_id(0);
   this->left[lane]  = value;
   barrier(CLK_LOCAL_MEM_FENCE);
   for (int span = get_local_size(0) / 2; span>0; span = span / 2){
      if (x<span){
         this->left[lane]  = fmax(this->left[lane], this->left[(lane + span)]);
      }
      barrier(CLK_LOCAL_MEM_FENCE);
   }
   float most = this->left[(lane - x)];
   barrier(CLK_LOCAL_MEM_FENCE);
   return(most);
}
int org_netloom_tensor_opencl_AttentionKernels__bias(This *this, int q, int row){
   int t = this->p[(q + 2)];
   int block = row / t;
   int image = block / this->p[(q + 5)];
   int pattern = (((image % this->p[(q + 7)]) * this->p[(q + 5)]) + block) - (image * this->p[(q + 5)]);
   return((org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + ((((pattern * t) + row) - (block * t)) * t)));
}
float org_netloom_tensor_opencl_AttentionKernels__sum(This *this,  __global float* xs, int at, int t){
   float a = 0.0f;
   float b = 0.0f;
   float c = 0.0f;
   float d = 0.0f;
   int whole = (t / 4) * 4;
   for (int j = 0; j<whole; j+=4){
      a = a + xs[(at + j)];
      b = b + xs[((at + j) + 1)];
      c = c + xs[((at + j) + 2)];
      d = d + xs[((at + j) + 3)];
   }
   for (int j = whole; j<t; j++){
      a = a + xs[(at + j)];
   }
   return(((a + b) + (c + d)));
}
float org_netloom_tensor_opencl_AttentionKernels__most(This *this,  __global float* xs, int at, int t){
   float a = xs[at];
   float b = a;
   float c = a;
   float d = a;
   int whole = (t / 4) * 4;
   for (int j = 0; j<whole; j+=4){
      a = fmax(a, xs[(at + j)]);
      b = fmax(b, xs[((at + j) + 1)]);
      c = fmax(c, xs[((at + j) + 2)]);
      d = fmax(d, xs[((at + j) + 3)]);
   }
   for (int j = whole; j<t; j++){
      a = fmax(a, xs[(at + j)]);
   }
   return(fmax(fmax(a, b), fmax(c, d)));
}
int org_netloom_tensor_opencl_DepthwiseKernels__input(This *this, int q, int tap, int at){
   int line = at / this->p[(q + 9)];
   int image = line / this->p[(q + 8)];
   int u = tap / this->p[(q + 11)];
   int v = tap - (u * this->p[(q + 11)]);
   int y = org_netloom_tensor_opencl_DepthwiseKernels__source(this, (line - (image * this->p[(q + 8)])), u, this->p[(q + 5)], this->p[(q + 12)], this->p[(q + 14)], this->p[(q + 16)], 0);
   int x = org_netloom_tensor_opencl_DepthwiseKernels__source(this, (at - (line * this->p[(q + 9)])), v, this->p[(q + 6)], this->p[(q + 13)], this->p[(q + 15)], this->p[(q + 17)], 0);
   int result = -1;
   if (y>=0 && x>=0){
      result = (((image * this->p[(q + 5)]) + y) * this->p[(q + 6)]) + x;
   }
   return(result);
}
int org_netloom_tensor_opencl_DepthwiseKernels__unbounded(This *this, int q, int column, int tap, int backward){
   int place = ((column * this->p[(q + 13)]) - this->p[(q + 15)]) + (tap * this->p[(q + 17)]);
   if (backward!=0){
      place = ((column + this->p[(q + 15)]) - (tap * this->p[(q + 17)])) / this->p[(q + 13)];
   }
   return(place);
}
int org_netloom_tensor_opencl_DepthwiseKernels__tapFrom(This *this, int q, int column, int backward, int from){
   int tap = from;
   int stride = this->p[(q + 13)];
   if (backward!=0 && stride>1){
      for (; tap<(from + stride) && (((column + this->p[(q + 15)]) - (tap * this->p[(q + 17)])) % stride)!=0; tap++){
      }
      if (tap==(from + stride)){
         tap = from + this->p[(q + 11)];
      }
   }
   return(tap);
}
int org_netloom_tensor_opencl_DeviceMemory__step(This *this){
   int result = 1;
   if (this->spread!=0){
      result = org_netloom_tensor_opencl_DeviceMemory__groups(this) * org_netloom_tensor_opencl_DeviceMemory__lanes(this);
   }
   return(result);
}
void org_netloom_tensor_opencl_RowProductKernels__lastColumns(This *this, int q, int i, int batch, int slice){
   int n = this->p[(q + 2)];
   int rest = n % 16;
   if (n>16 && rest>8){
      org_netloom_tensor_opencl_SixteenColumnKernels__sixteenColumns(this, q, i, (n - 16), batch, slice);
   } else {
      if (rest>0){
         if (rest>8){
            org_netloom_tensor_opencl_EightColumnKernels__eightColumns(this, q, i, 0, batch, slice);
         }
         org_netloom_tensor_opencl_EightColumnKernels__eightColumns(this, q, i, (n - 8), batch, slice);
      }
   }
   return;
}
float org_netloom_tensor_opencl_NormRowKernels__inverse(This *this, int q, int kind, int j){
   float r = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 8, j);
   if (kind==2){
      r = 1.0f / sqrt((r + this->f[this->p[(q + 10)]]));
   }
   return(r);
}
float org_netloom_tensor_opencl_ReduceKernels__factorOf(This *this, int q, int kind, int row, int at, int j){
   float y = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 7, at);
   if (kind<4){
      y = (y - org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 10, j)) * org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 11, j);
   } else {
      if (kind==4){
         y = (y - org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 10, row)) * org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 11, row);
      }
   }
   return(y);
}
float org_netloom_tensor_opencl_ReduceKernels__gradientOf(This *this, int q, int kind, int at, int j){
   float g = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 6, at);
   if (kind==3){
      float hat = (org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 7, at) - org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 10, j)) * org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 11, j);
      if (((hat * org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 8, j)) + org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 9, j))<=0.0f){
         g = 0.0f;
      }
   }
   return(g);
}
int org_netloom_tensor_opencl_PoolKernels__high(This *this, int q, int i, int side, int cells){
   int at = min(side, (((i * this->p[(q + 10)]) - this->p[(q + 11)]) + this->p[(q + 9)]));
   if (this->p[(q + 12)]==1){
      at = ((((i + 1) * side) + cells) - 1) / cells;
   }
   return(at);
}
int org_netloom_tensor_opencl_PoolKernels__low(This *this, int q, int i, int side, int cells){
   int at = max(0, ((i * this->p[(q + 10)]) - this->p[(q + 11)]));
   if (this->p[(q + 12)]==1){
      at = (i * side) / cells;
   }
   return(at);
}
int org_netloom_tensor_opencl_PoolKernels__firstCell(This *this, int q, int u, int side, int cells){
   int reach = ((u + this->p[(q + 11)]) - this->p[(q + 9)]) + this->p[(q + 10)];
   int at = 0;
   if (reach>0){
      at = reach / this->p[(q + 10)];
   }
   if (this->p[(q + 12)]==1){
      at = (u * cells) / side;
   }
   return(at);
}
int org_netloom_tensor_opencl_PoolKernels__lastCell(This *this, int q, int u, int side, int cells){
   int at = (u + this->p[(q + 11)]) / this->p[(q + 10)];
   if (this->p[(q + 12)]==1){
      at = (((u + 1) * cells) / side) + 1;
   }
   return(min(at, (cells - 1)));
}
float org_netloom_tensor_opencl_ElementKernels__slope(This *this, int function, float x){
   float d = 0.0f;
   float s = 0.0f;
   if (function==0){
      if (x>0.0f){
         d = 1.0f;
      }
   } else {
      if (function==1){
         if (x>0.0f && x<6.0f){
            d = 1.0f;
         }
      } else {
         if (function==2){
            d = (0.5f * (1.0f + org_netloom_tensor_opencl_ElementKernels__erf(this, (0.70710677f * x)))) + ((x * 0.3989423f) * exp(((-0.5f * x) * x)));
         } else {
            if (function==3){
               d = fmin(fmax((((2.0f * x) + 3.0f) / 6.0f), -1.0f), 2.0f);
               if (x<=-3.0f){
                  d = 0.0f;
               }
               if (x>=3.0f){
                  d = 1.0f;
               }
            } else {
               if (function==4){
                  if (x>-3.0f && x<3.0f){
                     d = 0.16666667f;
                  }
               } else {
                  if (function==5){
                     s = org_netloom_tensor_opencl_ElementKernels__sigmoid(this, x);
                     d = s * (1.0f - s);
                  } else {
                     if (function==6){
                        s = org_netloom_tensor_opencl_ElementKernels__sigmoid(this, x);
                        d = s * (1.0f + (x * (1.0f - s)));
                     } else {
                        if (function==7){
                           s = org_netloom_tensor_opencl_ElementKernels__hyperbolic(this, x);
                           d = 1.0f - (s * s);
                        } else {
                           if (function==8){
                              s = org_netloom_tensor_opencl_ElementKernels__sigmoid(this, (0.5f * x));
                              d = s * (1.0f - s);
                           } else {
                              s = org_netloom_tensor_opencl_ElementKernels__hyperbolic(this, (0.2f * x));
                              d = 0.2f * (1.0f - (s * s));
                           }
                        }
                     }
                  }
               }
            }
         }
      }
   }
   return(d);
}
float org_netloom_tensor_opencl_ElementKernels__value(This *this, int function, float x){
   float y = x;
   if (function==0){
      y = org_netloom_tensor_opencl_ElementKernels__rectified(this, x);
   } else {
      if (function==1){
         y = fmin(fmax(x, 0.0f), 6.0f);
      } else {
         if (function==2){
            y = (0.5f * x) * (1.0f + org_netloom_tensor_opencl_ElementKernels__erf(this, (0.70710677f * x)));
         } else {
            if (function==3){
               y = (x * fmin(fmax((x + 3.0f), 0.0f), 6.0f)) / 6.0f;
            } else {
               if (function==4){
                  y = fmin(fmax((x + 3.0f), 0.0f), 6.0f) / 6.0f;
               } else {
                  if (function==5){
                     y = org_netloom_tensor_opencl_ElementKernels__sigmoid(this, x);
                  } else {
                     if (function==6){
                        y = x * org_netloom_tensor_opencl_ElementKernels__sigmoid(this, x);
                     } else {
                        if (function==7){
                           y = org_netloom_tensor_opencl_ElementKernels__hyperbolic(this, x);
                        } else {
                           if (function==8){
                              y = 2.0f * org_netloom_tensor_opencl_ElementKernels__sigmoid(this, (0.5f * x));
                           } else {
                              y = org_netloom_tensor_opencl_ElementKernels__hyperbolic(this, (0.2f * x));
                           }
                        }
                     }
                  }
               }
            }
         }
      }
   }
   return(y);
}
float org_netloom_tensor_opencl_UpdateKernels__clip(This *this, float limit, float norm){
   float factor = 1.0f;
   if (limit>0.0f){
      factor = fmin(1.0f, (limit / (norm + 1.0E-6f)));
   }
   return(factor);
}
float org_netloom_tensor_opencl_UpdateKernels__oneMinusExp(This *this, float x){
   float y = -x * (1.0f + (x * (0.5f + (x * (0.16666667f + (x * (0.041666668f + (x * 0.008333333f))))))));
   if (x<-0.1f){
      y = 1.0f - exp(x);
   }
   return(y);
}
void org_netloom_tensor_opencl_SweepKernels__messageGradient(This *this,  __global float* home, int q, int sweep, int v, int j){
   int h = this->p[(q + 1)];
   int row = org_netloom_tensor_opencl_SweepKernels__rowOf(this, q, sweep, v);
   int to = (org_netloom_tensor_opencl_SweepKernels__stateGradient(this, q, sweep) + (v * h)) + j;
   float recurrent = org_netloom_tensor_opencl_SweepKernels__dot(this, home, row, (this->p[(q + 9)] + j), (2 * h), h);
   recurrent = recurrent + org_netloom_tensor_opencl_SweepKernels__dot(this, home, (row + (3 * h)), ((this->p[(q + 9)] + ((2 * h) * h)) + j), h, h);
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, to)]  = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, to)] + recurrent;
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((row + (4 * h)) + j))]  = org_netloom_tensor_opencl_SweepKernels__dot(this, home, row, (this->p[(q + 8)] + j), (3 * h), h);
   return;
}
void org_netloom_tensor_opencl_SweepKernels__gatesGradient(This *this,  __global float* home, int q, int sweep, int v, int j){
   int h = this->p[(q + 1)];
   int row = org_netloom_tensor_opencl_SweepKernels__rowOf(this, q, sweep, v);
   float g = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((this->p[(q + 42)] + (v * h)) + j))];
   if (sweep==0){
      g = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((this->p[(q + 47)] + (v * h)) + j))];
   }
   for (int mlp = 0; mlp<this->p[(q + 2)]; mlp++){
      {
         int w = (q + 12) + (6 * mlp);
         g = g + org_netloom_tensor_opencl_SweepKernels__dot(this, home, ((row + org_netloom_tensor_opencl_SweepKernels__partOf(this, q, mlp)) + h), (this->p[w] + j), this->p[(w + 4)], h);
      }
   }
   int m = org_netloom_tensor_opencl_SweepKernels__tapeOf(this, q, sweep, v) + org_netloom_tensor_opencl_SweepKernels__messageOf(this, q);
   float r = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + h) + j))];
   float z = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + (2 * h)) + j))];
   float n = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + (3 * h)) + j))];
   float hn = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + (4 * h)) + j))];
   float gn = (g * (1.0f - z)) * (1.0f - (n * n));
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (row + j))]  = ((gn * hn) * r) * (1.0f - r);
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((row + h) + j))]  = ((g * (home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (org_netloom_tensor_opencl_SweepKernels__before(this, q, sweep, v) + j))] - n)) * z) * (1.0f - z);
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((row + (2 * h)) + j))]  = gn;
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((row + (3 * h)) + j))]  = gn * r;
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((org_netloom_tensor_opencl_SweepKernels__stateGradient(this, q, sweep) + (v * h)) + j))]  = g * z;
   return;
}
void org_netloom_tensor_opencl_SweepKernels__hiddenGradient(This *this,  __global float* home, int q, int sweep, int v, int k, int mlp){
   int w = (q + 12) + (6 * mlp);
   int h = this->p[(q + 1)];
   int part = org_netloom_tensor_opencl_SweepKernels__rowOf(this, q, sweep, v) + org_netloom_tensor_opencl_SweepKernels__partOf(this, q, mlp);
   float g = org_netloom_tensor_opencl_SweepKernels__dot(this, home, part, (this->p[(w + 2)] + k), h, this->p[(w + 4)]);
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((part + h) + k))]  = org_netloom_tensor_opencl_SweepKernels__passed(this, g, home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((org_netloom_tensor_opencl_SweepKernels__tapeOf(this, q, sweep, v) + this->p[(w + 5)]) + k))]);
   return;
}
void org_netloom_tensor_opencl_SweepKernels__outputGradient(This *this,  __global float* home, int q, int sweep, int v, int j){
   int s = org_netloom_tensor_opencl_SweepKernels__sweepAt(this, q, sweep);
   int h = this->p[(q + 1)];
   float one = 0.0f;
   float two = 0.0f;
   for (int e = this->p[(this->p[(s + 6)] + v)]; e<this->p[((this->p[(s + 6)] + v) + 1)]; e++){
      {
         float g = home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((org_netloom_tensor_opencl_SweepKernels__rowOf(this, q, sweep, this->p[(this->p[(s + 7)] + e)]) + (4 * h)) + j))];
         int distance = this->p[(this->p[(s + 8)] + e)];
         if (distance==1){
            one = one + g;
         }
         two = two + (g / (float)distance);
      }
   }
   int row = org_netloom_tensor_opencl_SweepKernels__rowOf(this, q, sweep, v);
   int tape = org_netloom_tensor_opencl_SweepKernels__tapeOf(this, q, sweep, v);
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((row + org_netloom_tensor_opencl_SweepKernels__partOf(this, q, 0)) + j))]  = org_netloom_tensor_opencl_SweepKernels__passed(this, one, home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (((tape + this->p[(q + 17)]) + this->p[(q + 16)]) + j))]);
   if (this->p[(q + 2)]==2){
      home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((row + org_netloom_tensor_opencl_SweepKernels__partOf(this, q, 1)) + j))]  = org_netloom_tensor_opencl_SweepKernels__passed(this, two, home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (((tape + this->p[(q + 23)]) + this->p[(q + 22)]) + j))]);
   }
   return;
}
void org_netloom_tensor_opencl_SweepKernels__perceptron(This *this,  __global float* home, int q, int sweep, int v, int j, int mlp, int layer){
   int w = (q + 12) + (6 * mlp);
   int h = this->p[(q + 1)];
   int hidden = this->p[(w + 4)];
   int to = org_netloom_tensor_opencl_SweepKernels__tapeOf(this, q, sweep, v) + this->p[(w + 5)];
   float y = 0.0f;
   if (layer==0){
      y = org_netloom_tensor_opencl_SweepKernels__dot(this, home, (this->p[w] + (j * h)), org_netloom_tensor_opencl_SweepKernels__after(this, q, sweep, v), h, 1) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (this->p[(w + 1)] + j))];
      home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (to + j))]  = org_netloom_tensor_opencl_ElementKernels__rectified(this, y);
   } else {
      y = org_netloom_tensor_opencl_SweepKernels__dot(this, home, (this->p[(w + 2)] + (j * hidden)), to, hidden, 1) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (this->p[(w + 3)] + j))];
      home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((to + hidden) + j))]  = org_netloom_tensor_opencl_ElementKernels__rectified(this, y);
   }
   return;
}
void org_netloom_tensor_opencl_SweepKernels__gates(This *this,  __global float* home, int q, int sweep, int v, int j){
   int h = this->p[(q + 1)];
   int m = org_netloom_tensor_opencl_SweepKernels__tapeOf(this, q, sweep, v) + org_netloom_tensor_opencl_SweepKernels__messageOf(this, q);
   int old = org_netloom_tensor_opencl_SweepKernels__before(this, q, sweep, v);
   int wi = this->p[(q + 8)] + (j * h);
   int wh = this->p[(q + 9)] + (j * h);
   int bi = this->p[(q + 10)] + j;
   int bh = this->p[(q + 11)] + j;
   int gate = h * h;
   float r = ((org_netloom_tensor_opencl_SweepKernels__dot(this, home, wi, m, h, 1) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, bi)]) + org_netloom_tensor_opencl_SweepKernels__dot(this, home, wh, old, h, 1)) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, bh)];
   r = org_netloom_tensor_opencl_ElementKernels__sigmoid(this, r);
   float z = ((org_netloom_tensor_opencl_SweepKernels__dot(this, home, (wi + gate), m, h, 1) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (bi + h))]) + org_netloom_tensor_opencl_SweepKernels__dot(this, home, (wh + gate), old, h, 1)) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (bh + h))];
   z = org_netloom_tensor_opencl_ElementKernels__sigmoid(this, z);
   float hn = org_netloom_tensor_opencl_SweepKernels__dot(this, home, (wh + (2 * gate)), old, h, 1) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (bh + (2 * h)))];
   float n = org_netloom_tensor_opencl_ElementKernels__hyperbolic(this, ((org_netloom_tensor_opencl_SweepKernels__dot(this, home, (wi + (2 * gate)), m, h, 1) + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (bi + (2 * h)))]) + (r * hn)));
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + h) + j))]  = r;
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + (2 * h)) + j))]  = z;
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + (3 * h)) + j))]  = n;
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((m + (4 * h)) + j))]  = hn;
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (org_netloom_tensor_opencl_SweepKernels__after(this, q, sweep, v) + j))]  = ((1.0f - z) * n) + (z * home[org_netloom_tensor_opencl_DeviceMemory__inside(this, (old + j))]);
   return;
}
void org_netloom_tensor_opencl_SweepKernels__message(This *this,  __global float* home, int q, int sweep, int v, int j){
   int s = org_netloom_tensor_opencl_SweepKernels__sweepAt(this, q, sweep);
   float sum = 0.0f;
   for (int e = this->p[(this->p[(s + 3)] + v)]; e<this->p[((this->p[(s + 3)] + v) + 1)]; e++){
      int source = org_netloom_tensor_opencl_SweepKernels__tapeOf(this, q, sweep, this->p[(this->p[(s + 4)] + e)]) + j;
      int distance = this->p[(this->p[(s + 5)] + e)];
      if (distance==1){
         sum = sum + home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((source + this->p[(q + 17)]) + this->p[(q + 16)]))];
      }
      if (this->p[(q + 2)]==2){
         sum = sum + (home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((source + this->p[(q + 23)]) + this->p[(q + 22)]))] / (float)distance);
      }
   }
   home[org_netloom_tensor_opencl_DeviceMemory__inside(this, ((org_netloom_tensor_opencl_SweepKernels__tapeOf(this, q, sweep, v) + org_netloom_tensor_opencl_SweepKernels__messageOf(this, q)) + j))]  = sum;
   return;
}
void org_netloom_tensor_opencl_AttentionKernels__softmaxGroupsGradient(This *this, int q){
   int count = this->p[(q + 1)];
   int t = this->p[(q + 2)];
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   float factor = this->f[this->p[(q + 5)]];
   int width = get_local_size(0);
   int height = get_local_size(1);
   int column = get_local_id(0);
   int line = get_local_id(1);
   for (int base = org_netloom_tensor_opencl_DeviceMemory__group(this) * height; base<count; base = base + (org_netloom_tensor_opencl_DeviceMemory__groups(this) * height)){
      int row = min((base + line), (count - 1)) * t;
      float sum = 0.0f;
      for (int j = column; j<t; j = j + width){
         sum = sum + (ys[((y + row) + j)] * xs[((x + row) + j)]);
      }
      sum = org_netloom_tensor_opencl_DeviceMemory__rowSum(this, sum);
      if ((base + line)<count){
         for (int j = column; j<t; j = j + width){
            {
               int at = (x + row) + j;
               xs[at]  = (ys[((y + row) + j)] * (xs[at] - sum)) * factor;
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_AttentionKernels__softmaxRowsGradient(This *this, int q){
   int t = this->p[(q + 2)];
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   float factor = this->f[this->p[(q + 5)]];
   int whole = (t / 4) * 4;
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, this->p[(q + 1)]);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, this->p[(q + 1)]); i<end; i++){
      int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (i * t);
      int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]) + (i * t);
      float a = 0.0f;
      float b = 0.0f;
      float c = 0.0f;
      float d = 0.0f;
      for (int j = 0; j<whole; j+=4){
         a = a + (ys[(y + j)] * xs[(x + j)]);
         b = b + (ys[((y + j) + 1)] * xs[((x + j) + 1)]);
         c = c + (ys[((y + j) + 2)] * xs[((x + j) + 2)]);
         d = d + (ys[((y + j) + 3)] * xs[((x + j) + 3)]);
      }
      for (int j = whole; j<t; j++){
         a = a + (ys[(y + j)] * xs[(x + j)]);
      }
      float sum = (a + b) + (c + d);
      for (int j = 0; j<t; j++){
         xs[x + j]  = (ys[(y + j)] * (xs[(x + j)] - sum)) * factor;
      }
   }
   return;
}
void org_netloom_tensor_opencl_AttentionKernels__softmaxGroups(This *this, int q){
   int count = this->p[(q + 1)];
   int t = this->p[(q + 2)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   float scale = this->f[this->p[(q + 4)]];
    __global float* biases = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int width = get_local_size(0);
   int height = get_local_size(1);
   int column = get_local_id(0);
   int line = get_local_id(1);
   for (int base = org_netloom_tensor_opencl_DeviceMemory__group(this) * height; base<count; base = base + (org_netloom_tensor_opencl_DeviceMemory__groups(this) * height)){
      int row = min((base + line), (count - 1));
      int at = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (row * t);
      int other = 0;
      if (this->p[(q + 7)]>0){
         other = org_netloom_tensor_opencl_AttentionKernels__bias(this, q, row);
      }
      float most = -INFINITY;
      for (int j = column; j<t; j = j + width){
         most = fmax(most, org_netloom_tensor_opencl_AttentionKernels__score(this, q, (xs[(at + j)] * scale), biases, (other + j)));
      }
      most = org_netloom_tensor_opencl_DeviceMemory__rowMax(this, most);
      float sum = 0.0f;
      for (int j = column; j<t; j = j + width){
         sum = sum + exp((org_netloom_tensor_opencl_AttentionKernels__score(this, q, (xs[(at + j)] * scale), biases, (other + j)) - most));
      }
      sum = org_netloom_tensor_opencl_DeviceMemory__rowSum(this, sum);
      if ((base + line)<count){
         for (int j = column; j<t; j = j + width){
            xs[at + j]  = exp((org_netloom_tensor_opencl_AttentionKernels__score(this, q, (xs[(at + j)] * scale), biases, (other + j)) - most)) / sum;
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_AttentionKernels__softmaxRows(This *this, int q){
   int t = this->p[(q + 2)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   float scale = this->f[this->p[(q + 4)]];
    __global float* biases = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, this->p[(q + 1)]);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, this->p[(q + 1)]); i<end; i++){
      int at = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (i * t);
      if (this->p[(q + 7)]>0){
         int other = org_netloom_tensor_opencl_AttentionKernels__bias(this, q, i);
         for (int j = 0; j<t; j++){
            xs[at + j]  = (scale * xs[(at + j)]) + biases[(other + j)];
         }
      } else {
         for (int j = 0; j<t; j++){
            xs[at + j]  = scale * xs[(at + j)];
         }
      }
      float most = org_netloom_tensor_opencl_AttentionKernels__most(this, xs, at, t);
      for (int j = 0; j<t; j++){
         xs[at + j]  = exp((xs[(at + j)] - most));
      }
      float sum = org_netloom_tensor_opencl_AttentionKernels__sum(this, xs, at, t);
      for (int j = 0; j<t; j++){
         xs[at + j]  = xs[(at + j)] / sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_DepthwiseKernels__eightWeights(This *this, int q, int line, int j, int from, int until){
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int h = this->p[(q + 5)];
   int w = this->p[(q + 6)];
   int c = this->p[(q + 7)];
   int columns = this->p[(q + 9)];
   int stride = this->p[(q + 13)];
   int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (line * c)) + j;
   int tap = line % (this->p[(q + 10)] * this->p[(q + 11)]);
   int u = tap / this->p[(q + 11)];
   int x0 = ((tap - (u * this->p[(q + 11)])) * this->p[(q + 17)]) - this->p[(q + 15)];
   int low = max(0, (((stride - 1) - x0) / stride));
   int high = min(columns, ((((w - x0) + stride) - 1) / stride));
   float s0 = 0.0f;
   float s1 = 0.0f;
   float s2 = 0.0f;
   float s3 = 0.0f;
   float s4 = 0.0f;
   float s5 = 0.0f;
   float s6 = 0.0f;
   float s7 = 0.0f;
   int stop = 0;
   for (int at = from; at<until; at = stop){
      int row = at / columns;
      int start = row * columns;
      stop = min(until, (start + columns));
      int image = row / this->p[(q + 8)];
      int y = org_netloom_tensor_opencl_DepthwiseKernels__source(this, (row - (image * this->p[(q + 8)])), u, h, this->p[(q + 12)], this->p[(q + 14)], this->p[(q + 16)], 0);
      int first = max((at - start), low);
      int last = min((stop - start), high);
      int a = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + ((((((image * h) + y) * w) + (first * stride)) + x0) * c)) + j;
      int g = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]) + ((start + first) * c)) + j;
      for (int column = first; column<last && y>=0; column++){
         s0 = s0 + (gs[g] * xs[a]);
         s1 = s1 + (gs[(g + 1)] * xs[(a + 1)]);
         s2 = s2 + (gs[(g + 2)] * xs[(a + 2)]);
         s3 = s3 + (gs[(g + 3)] * xs[(a + 3)]);
         s4 = s4 + (gs[(g + 4)] * xs[(a + 4)]);
         s5 = s5 + (gs[(g + 5)] * xs[(a + 5)]);
         s6 = s6 + (gs[(g + 6)] * xs[(a + 6)]);
         s7 = s7 + (gs[(g + 7)] * xs[(a + 7)]);
         a = a + (stride * c);
         g = g + c;
      }
   }
   ys[to]  = s0;
   ys[to + 1]  = s1;
   ys[to + 2]  = s2;
   ys[to + 3]  = s3;
   ys[to + 4]  = s4;
   ys[to + 5]  = s5;
   ys[to + 6]  = s6;
   ys[to + 7]  = s7;
   return;
}
void org_netloom_tensor_opencl_DepthwiseKernels__oneWeight(This *this, int q, int line, int channel, int from, int until){
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int c = this->p[(q + 7)];
   int base = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + channel;
   int gradient = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]) + channel;
   int tap = line % (this->p[(q + 10)] * this->p[(q + 11)]);
   float sum = 0.0f;
   for (int at = from; at<until; at++){
      int x = org_netloom_tensor_opencl_DepthwiseKernels__input(this, q, tap, at);
      if (x>=0){
         sum = sum + (gs[(gradient + (at * c))] * xs[(base + (x * c))]);
      }
   }
   org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)])[(org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (line * c)) + channel]  = sum;
   return;
}
void org_netloom_tensor_opencl_DepthwiseKernels__eightChannels(This *this, int q, int backward, int line, int j){
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ws = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int h = this->p[(q + 5)];
   int w = this->p[(q + 6)];
   int c = this->p[(q + 7)];
   int columns = this->p[(q + 9)];
   int s = this->p[(q + 11)];
   int image = line / this->p[(q + 8)];
   int row = line - (image * this->p[(q + 8)]);
   int base = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * h) * w) * c)) + j;
   int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]) + ((line * columns) * c)) + j;
   for (int column = 0; column<columns; column++){
      {
         int first = org_netloom_tensor_opencl_DepthwiseKernels__tapFrom(this, q, column, backward, 0);
         int next = org_netloom_tensor_opencl_DepthwiseKernels__tapFrom(this, q, column, backward, (first + 1));
         int x0 = org_netloom_tensor_opencl_DepthwiseKernels__unbounded(this, q, column, first, backward);
         int across = org_netloom_tensor_opencl_DepthwiseKernels__unbounded(this, q, column, next, backward) - x0;
         float s0 = 0.0f;
         float s1 = 0.0f;
         float s2 = 0.0f;
         float s3 = 0.0f;
         float s4 = 0.0f;
         float s5 = 0.0f;
         float s6 = 0.0f;
         float s7 = 0.0f;
         for (int u = 0; u<this->p[(q + 10)]; u++){
            int y = org_netloom_tensor_opencl_DepthwiseKernels__source(this, row, u, h, this->p[(q + 12)], this->p[(q + 14)], this->p[(q + 16)], backward);
            int x = x0;
            int a = base + (((y * w) + x) * c);
            int b = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (((u * s) + first) * c)) + j;
            for (int v = first; v<s && y>=0; v = v + (next - first)){
               if (x>=0 && x<w){
                  s0 = s0 + (xs[a] * ws[b]);
                  s1 = s1 + (xs[(a + 1)] * ws[(b + 1)]);
                  s2 = s2 + (xs[(a + 2)] * ws[(b + 2)]);
                  s3 = s3 + (xs[(a + 3)] * ws[(b + 3)]);
                  s4 = s4 + (xs[(a + 4)] * ws[(b + 4)]);
                  s5 = s5 + (xs[(a + 5)] * ws[(b + 5)]);
                  s6 = s6 + (xs[(a + 6)] * ws[(b + 6)]);
                  s7 = s7 + (xs[(a + 7)] * ws[(b + 7)]);
               }
               x = x + across;
               a = a + (across * c);
               b = b + ((next - first) * c);
            }
         }
         ys[to]  = s0;
         ys[to + 1]  = s1;
         ys[to + 2]  = s2;
         ys[to + 3]  = s3;
         ys[to + 4]  = s4;
         ys[to + 5]  = s5;
         ys[to + 6]  = s6;
         ys[to + 7]  = s7;
         to = to + c;
      }
   }
   return;
}
void org_netloom_tensor_opencl_DepthwiseKernels__oneChannel(This *this, int q, int backward){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ws = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int to = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int h = this->p[(q + 5)];
   int w = this->p[(q + 6)];
   int c = this->p[(q + 7)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int position = i / c;
         int channel = i - (position * c);
         int line = position / this->p[(q + 9)];
         int image = line / this->p[(q + 8)];
         int row = line - (image * this->p[(q + 8)]);
         int column = position - (line * this->p[(q + 9)]);
         int base = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * h) * w) * c)) + channel;
         float sum = 0.0f;
         for (int u = 0; u<this->p[(q + 10)]; u++){
            int y = org_netloom_tensor_opencl_DepthwiseKernels__source(this, row, u, h, this->p[(q + 12)], this->p[(q + 14)], this->p[(q + 16)], backward);
            int weights = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + ((u * this->p[(q + 11)]) * c)) + channel;
            for (int v = 0; v<this->p[(q + 11)] && y>=0; v++){
               int x = org_netloom_tensor_opencl_DepthwiseKernels__source(this, column, v, w, this->p[(q + 13)], this->p[(q + 15)], this->p[(q + 17)], backward);
               if (x>=0){
                  sum = sum + (xs[(base + (((y * w) + x) * c))] * ws[(weights + (v * c))]);
               }
            }
         }
         ys[to + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_RowProductKernels__wideProduct(This *this, int q){
   int n = this->p[(q + 2)];
   int down = ((this->p[(q + 1)] + 4) - 1) / 4;
   int across = max(1, (n / 16));
   int slices = this->p[(q + 5)];
   int all = ((down * across) * slices) * this->p[(q + 4)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, all);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   int large = ((n / 256) * this->p[(q + 3)]) / 256;
   for (int e = org_netloom_tensor_opencl_DeviceMemory__first(this, all); e<end; e = e + step){
      int line = e / across;
      int part = line / down;
      int i = line - (part * down);
      int j = e - (line * across);
      if (large>0){
         i = e % down;
         j = (e / down) % across;
      }
      int batch = part / slices;
      int slice = part - (batch * slices);
      if (n>=16){
         org_netloom_tensor_opencl_SixteenColumnKernels__sixteenColumns(this, q, (i * 4), (j * 16), batch, slice);
      }
      if (j==(across - 1)){
         org_netloom_tensor_opencl_RowProductKernels__lastColumns(this, q, (i * 4), batch, slice);
      }
   }
   return;
}
void org_netloom_tensor_opencl_RowProductKernels__narrowProduct(This *this, int q){
   int m = this->p[(q + 1)];
   int n = this->p[(q + 2)];
   int slices = this->p[(q + 5)];
   int share = ((this->p[(q + 3)] + slices) - 1) / slices;
   int all = ((m * n) * slices) * this->p[(q + 4)];
    __global float* lefts = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
    __global float* rights = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
    __global float* results = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 17)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, all);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int e = org_netloom_tensor_opencl_DeviceMemory__first(this, all); e<end; e = e + step){
      {
         int line = e / n;
         int part = line / m;
         int i = line - (part * m);
         int j = e - (line * n);
         int batch = part / slices;
         int slice = part - (batch * slices);
         int until = min(this->p[(q + 3)], ((slice + 1) * share));
         int from = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 7, 25)) + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 8)], i);
         int right = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 14, 26)) + j;
         float sum = 0.0f;
         int length = 0;
         for (int k = slice * share; k<until; k = k + length){
            int first = k % this->p[(q + 16)];
            int start = k - first;
            length = min((this->p[(q + 16)] - first), (until - k));
            int at = from + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 9)], start);
            int x = org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 8)], i) + org_netloom_tensor_opencl_ProductKernels__placeX(this, this->p[(q + 9)], start);
            int low = max(first, org_netloom_tensor_opencl_RunKernels__low(this, q, (org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 8)], i) + org_netloom_tensor_opencl_ProductKernels__placeY(this, this->p[(q + 9)], start)), x));
            int high = min((first + length), org_netloom_tensor_opencl_RunKernels__high(this, q, x));
            for (int t = low; t<high; t++){
               sum = sum + (lefts[(at + (t * this->p[(q + 21)]))] * rights[(right + ((start + t) * this->p[(q + 15)]))]);
            }
         }
         int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 17)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 18, 27)) + (slice * this->p[(q + 19)]);
         results[(to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i)) + j]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__store(This *this, int q,  __global float* values, int to, int i, int j, int m, int n, float v0, float v1, float v2, float v3){
   if (i<m){
      int at = (to + org_netloom_tensor_opencl_ProductKernels__offset(this, this->p[(q + 10)], i)) + j;
      if (j<n){
         values[at]  = v0;
      }
      if ((j + 1)<n){
         values[at + 1]  = v1;
      }
      if ((j + 2)<n){
         values[at + 2]  = v2;
      }
      if ((j + 3)<n){
         values[at + 3]  = v3;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__loadRight(This *this, int q,  __global float* values, int from, int j0, int n, int k0, int until){
   int termStep = this->p[(q + 15)];
   for (int e = org_netloom_tensor_opencl_DeviceMemory__lane(this); e<1024; e+=256){
      {
         int j = e % 64;
         int k = e / 64;
         float v = 0.0f;
         if ((j0 + j)<n && (k0 + k)<until){
            v = values[(((from + ((k0 + k) * termStep)) + j0) + j)];
         }
         this->right[(k * 66) + j]  = v;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__loadLeft(This *this, int q,  __global float* values, int from, int m, int terms){
   int height = this->p[(q + 11)];
   int width = this->p[(q + 12)];
   int down = this->p[(q + 20)];
   for (int e = org_netloom_tensor_opencl_DeviceMemory__lane(this); e<1024; e+=256){
      {
         int k = e % 16;
         int r = e / 16;
         if (down!=0){
            r = e % 64;
            k = e / 64;
         }
         int y = this->rows[((3 * r) + 1)] + this->inner[((3 * k) + 1)];
         int x = this->rows[((3 * r) + 2)] + this->inner[((3 * k) + 2)];
         float v = 0.0f;
         if (r<m && k<terms && y>=0 && y<height && x>=0 && x<width){
            v = values[((from + this->rows[(3 * r)]) + this->inner[(3 * k)])];
         }
         this->left[(k * 66) + r]  = v;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__placesOfTerms(This *this, int q, int k0, int until){
   int s = this->p[(q + 9)];
   int r = org_netloom_tensor_opencl_DeviceMemory__lane(this);
   if (r<16){
      int i = min((k0 + r), (until - 1));
      this->inner[3 * r]  = org_netloom_tensor_opencl_ProductKernels__offset(this, s, i);
      this->inner[(3 * r) + 1]  = org_netloom_tensor_opencl_ProductKernels__placeY(this, s, i);
      this->inner[(3 * r) + 2]  = org_netloom_tensor_opencl_ProductKernels__placeX(this, s, i);
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__placesOfRows(This *this, int q, int i0, int m){
   int s = this->p[(q + 8)];
   int r = org_netloom_tensor_opencl_DeviceMemory__lane(this);
   if (r<64){
      int i = min((i0 + r), (m - 1));
      this->rows[3 * r]  = org_netloom_tensor_opencl_ProductKernels__offset(this, s, i);
      this->rows[(3 * r) + 1]  = org_netloom_tensor_opencl_ProductKernels__placeY(this, s, i);
      this->rows[(3 * r) + 2]  = org_netloom_tensor_opencl_ProductKernels__placeX(this, s, i);
   }
   return;
}
void org_netloom_tensor_opencl_NormRowKernels__gradientOne(This *this, int q, int i, int j){
   float count = (float)this->p[(q + 4)];
   float r = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 11, j);
   float hat = (org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 7, i) - org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 10, j)) * r;
   float gain = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 8, j);
   float g = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 6, i);
   if (this->p[(q + 5)]==3 && ((hat * gain) + org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 9, j))<=0.0f){
      g = 0.0f;
   }
   org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)])[org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + i]  = (gain * r) * (g - ((org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 13, j) + (hat * org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 12, j))) / count));
   return;
}
void org_netloom_tensor_opencl_NormRowKernels__gradientEight(This *this, int q, int from, int until, int j){
   int c = this->p[(q + 2)];
    __global float* gxs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int gx = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (from * c)) + j;
   float count = (float)this->p[(q + 4)];
    __global float* gys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int gy = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + (from * c)) + j;
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int x = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]) + (from * c)) + j;
    __global float* gains = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 8)]);
   int gain = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 8)]) + j;
    __global float* means = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 10)]);
   int mean = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 10)]) + j;
    __global float* rstds = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 11)]);
   int rstd = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 11)]) + j;
    __global float* ones = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 12)]);
   int one = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 12)]) + j;
    __global float* twos = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
   int two = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]) + j;
   float w0 = gains[gain];
   float w1 = gains[(gain + 1)];
   float w2 = gains[(gain + 2)];
   float w3 = gains[(gain + 3)];
   float w4 = gains[(gain + 4)];
   float w5 = gains[(gain + 5)];
   float w6 = gains[(gain + 6)];
   float w7 = gains[(gain + 7)];
   float m0 = means[mean];
   float m1 = means[(mean + 1)];
   float m2 = means[(mean + 2)];
   float m3 = means[(mean + 3)];
   float m4 = means[(mean + 4)];
   float m5 = means[(mean + 5)];
   float m6 = means[(mean + 6)];
   float m7 = means[(mean + 7)];
   float r0 = rstds[rstd];
   float r1 = rstds[(rstd + 1)];
   float r2 = rstds[(rstd + 2)];
   float r3 = rstds[(rstd + 3)];
   float r4 = rstds[(rstd + 4)];
   float r5 = rstds[(rstd + 5)];
   float r6 = rstds[(rstd + 6)];
   float r7 = rstds[(rstd + 7)];
   float s0 = ones[one];
   float s1 = ones[(one + 1)];
   float s2 = ones[(one + 2)];
   float s3 = ones[(one + 3)];
   float s4 = ones[(one + 4)];
   float s5 = ones[(one + 5)];
   float s6 = ones[(one + 6)];
   float s7 = ones[(one + 7)];
   float t0 = twos[two];
   float t1 = twos[(two + 1)];
   float t2 = twos[(two + 2)];
   float t3 = twos[(two + 3)];
   float t4 = twos[(two + 4)];
   float t5 = twos[(two + 5)];
   float t6 = twos[(two + 6)];
   float t7 = twos[(two + 7)];
   if (this->p[(q + 5)]==3){
       __global float* offsets = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 9)]);
      int offset = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 9)]) + j;
      float o0 = offsets[offset];
      float o1 = offsets[(offset + 1)];
      float o2 = offsets[(offset + 2)];
      float o3 = offsets[(offset + 3)];
      float o4 = offsets[(offset + 4)];
      float o5 = offsets[(offset + 5)];
      float o6 = offsets[(offset + 6)];
      float o7 = offsets[(offset + 7)];
      for (int r = from; r<until; r++){
         {
            float h0 = (xs[x] - m0) * r0;
            float h1 = (xs[(x + 1)] - m1) * r1;
            float h2 = (xs[(x + 2)] - m2) * r2;
            float h3 = (xs[(x + 3)] - m3) * r3;
            float h4 = (xs[(x + 4)] - m4) * r4;
            float h5 = (xs[(x + 5)] - m5) * r5;
            float h6 = (xs[(x + 6)] - m6) * r6;
            float h7 = (xs[(x + 7)] - m7) * r7;
            float g0 = gys[gy];
            float g1 = gys[(gy + 1)];
            float g2 = gys[(gy + 2)];
            float g3 = gys[(gy + 3)];
            float g4 = gys[(gy + 4)];
            float g5 = gys[(gy + 5)];
            float g6 = gys[(gy + 6)];
            float g7 = gys[(gy + 7)];
            if (((h0 * w0) + o0)<=0.0f){
               g0 = 0.0f;
            }
            if (((h1 * w1) + o1)<=0.0f){
               g1 = 0.0f;
            }
            if (((h2 * w2) + o2)<=0.0f){
               g2 = 0.0f;
            }
            if (((h3 * w3) + o3)<=0.0f){
               g3 = 0.0f;
            }
            if (((h4 * w4) + o4)<=0.0f){
               g4 = 0.0f;
            }
            if (((h5 * w5) + o5)<=0.0f){
               g5 = 0.0f;
            }
            if (((h6 * w6) + o6)<=0.0f){
               g6 = 0.0f;
            }
            if (((h7 * w7) + o7)<=0.0f){
               g7 = 0.0f;
            }
            gxs[gx]  = (w0 * r0) * (g0 - ((t0 + (h0 * s0)) / count));
            gxs[gx + 1]  = (w1 * r1) * (g1 - ((t1 + (h1 * s1)) / count));
            gxs[gx + 2]  = (w2 * r2) * (g2 - ((t2 + (h2 * s2)) / count));
            gxs[gx + 3]  = (w3 * r3) * (g3 - ((t3 + (h3 * s3)) / count));
            gxs[gx + 4]  = (w4 * r4) * (g4 - ((t4 + (h4 * s4)) / count));
            gxs[gx + 5]  = (w5 * r5) * (g5 - ((t5 + (h5 * s5)) / count));
            gxs[gx + 6]  = (w6 * r6) * (g6 - ((t6 + (h6 * s6)) / count));
            gxs[gx + 7]  = (w7 * r7) * (g7 - ((t7 + (h7 * s7)) / count));
            x = x + c;
            gy = gy + c;
            gx = gx + c;
         }
      }
   } else {
      for (int r = from; r<until; r++){
         {
            float h0 = (xs[x] - m0) * r0;
            float h1 = (xs[(x + 1)] - m1) * r1;
            float h2 = (xs[(x + 2)] - m2) * r2;
            float h3 = (xs[(x + 3)] - m3) * r3;
            float h4 = (xs[(x + 4)] - m4) * r4;
            float h5 = (xs[(x + 5)] - m5) * r5;
            float h6 = (xs[(x + 6)] - m6) * r6;
            float h7 = (xs[(x + 7)] - m7) * r7;
            float g0 = gys[gy];
            float g1 = gys[(gy + 1)];
            float g2 = gys[(gy + 2)];
            float g3 = gys[(gy + 3)];
            float g4 = gys[(gy + 4)];
            float g5 = gys[(gy + 5)];
            float g6 = gys[(gy + 6)];
            float g7 = gys[(gy + 7)];
            gxs[gx]  = (w0 * r0) * (g0 - ((t0 + (h0 * s0)) / count));
            gxs[gx + 1]  = (w1 * r1) * (g1 - ((t1 + (h1 * s1)) / count));
            gxs[gx + 2]  = (w2 * r2) * (g2 - ((t2 + (h2 * s2)) / count));
            gxs[gx + 3]  = (w3 * r3) * (g3 - ((t3 + (h3 * s3)) / count));
            gxs[gx + 4]  = (w4 * r4) * (g4 - ((t4 + (h4 * s4)) / count));
            gxs[gx + 5]  = (w5 * r5) * (g5 - ((t5 + (h5 * s5)) / count));
            gxs[gx + 6]  = (w6 * r6) * (g6 - ((t6 + (h6 * s6)) / count));
            gxs[gx + 7]  = (w7 * r7) * (g7 - ((t7 + (h7 * s7)) / count));
            x = x + c;
            gy = gy + c;
            gx = gx + c;
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__normaliseGradient(This *this, int q){
   int n = this->p[(q + 1)];
   int c = this->p[(q + 2)];
    __global float* gxs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int gx = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   float count = (float)this->p[(q + 4)];
   int kind = this->p[(q + 5)];
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int gy = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 8)]);
   int gamma = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 8)]);
    __global float* bs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 9)]);
   int beta = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 9)]);
    __global float* ms = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 10)]);
   int mean = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 10)]);
    __global float* rs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 11)]);
   int rstd = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 11)]);
    __global float* ones = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 12)]);
   int gainGradient = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 12)]);
    __global float* twos = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
   int offsetGradient = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int j = i % c;
         float r = rs[(rstd + j)];
         float hat = (xs[(x + i)] - ms[(mean + j)]) * r;
         float gain = gs[(gamma + j)];
         float g = ys[(gy + i)];
         if (kind==3 && ((hat * gain) + bs[(beta + j)])<=0.0f){
            g = 0.0f;
         }
         gxs[gx + i]  = (gain * r) * (g - ((twos[(offsetGradient + j)] + (hat * ones[(gainGradient + j)])) / count));
      }
   }
   return;
}
int org_netloom_tensor_opencl_DeviceMemory__eights(This *this, int channels){
   int result = 0;
   if (this->spread==0 && channels>=8){
      result = 1;
   }
   return(result);
}
void org_netloom_tensor_opencl_NormRowKernels__normaliseOne(This *this, int q, int i, int j){
   int kind = this->p[(q + 9)];
   float v = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 3, i) - org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 7, j);
   v = ((v * org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, j)) * org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 5, j)) + org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 6, j);
   if (kind==1){
      v = org_netloom_tensor_opencl_ElementKernels__rectified(this, v);
   }
   org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)])[org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]) + i]  = v;
   return;
}
void org_netloom_tensor_opencl_NormRowKernels__normaliseEight(This *this, int q, int from, int until, int j){
   int c = this->p[(q + 2)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int x = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (from * c)) + j;
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int y = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]) + (from * c)) + j;
    __global float* gains = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int gain = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]) + j;
    __global float* offsets = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int offset = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + j;
    __global float* means = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int mean = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]) + j;
   int kind = this->p[(q + 9)];
   float r0 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, j);
   float r1 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, (j + 1));
   float r2 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, (j + 2));
   float r3 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, (j + 3));
   float r4 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, (j + 4));
   float r5 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, (j + 5));
   float r6 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, (j + 6));
   float r7 = org_netloom_tensor_opencl_NormRowKernels__inverse(this, q, kind, (j + 7));
   float m0 = means[mean];
   float m1 = means[(mean + 1)];
   float m2 = means[(mean + 2)];
   float m3 = means[(mean + 3)];
   float m4 = means[(mean + 4)];
   float m5 = means[(mean + 5)];
   float m6 = means[(mean + 6)];
   float m7 = means[(mean + 7)];
   float g0 = gains[gain];
   float g1 = gains[(gain + 1)];
   float g2 = gains[(gain + 2)];
   float g3 = gains[(gain + 3)];
   float g4 = gains[(gain + 4)];
   float g5 = gains[(gain + 5)];
   float g6 = gains[(gain + 6)];
   float g7 = gains[(gain + 7)];
   float o0 = offsets[offset];
   float o1 = offsets[(offset + 1)];
   float o2 = offsets[(offset + 2)];
   float o3 = offsets[(offset + 3)];
   float o4 = offsets[(offset + 4)];
   float o5 = offsets[(offset + 5)];
   float o6 = offsets[(offset + 6)];
   float o7 = offsets[(offset + 7)];
   if (kind==1){
      for (int r = from; r<until; r++){
         {
            float v0 = (((xs[x] - m0) * r0) * g0) + o0;
            float v1 = (((xs[(x + 1)] - m1) * r1) * g1) + o1;
            float v2 = (((xs[(x + 2)] - m2) * r2) * g2) + o2;
            float v3 = (((xs[(x + 3)] - m3) * r3) * g3) + o3;
            float v4 = (((xs[(x + 4)] - m4) * r4) * g4) + o4;
            float v5 = (((xs[(x + 5)] - m5) * r5) * g5) + o5;
            float v6 = (((xs[(x + 6)] - m6) * r6) * g6) + o6;
            float v7 = (((xs[(x + 7)] - m7) * r7) * g7) + o7;
            if (v0<=0.0f){
               v0 = 0.0f;
            }
            if (v1<=0.0f){
               v1 = 0.0f;
            }
            if (v2<=0.0f){
               v2 = 0.0f;
            }
            if (v3<=0.0f){
               v3 = 0.0f;
            }
            if (v4<=0.0f){
               v4 = 0.0f;
            }
            if (v5<=0.0f){
               v5 = 0.0f;
            }
            if (v6<=0.0f){
               v6 = 0.0f;
            }
            if (v7<=0.0f){
               v7 = 0.0f;
            }
            ys[y]  = v0;
            ys[y + 1]  = v1;
            ys[y + 2]  = v2;
            ys[y + 3]  = v3;
            ys[y + 4]  = v4;
            ys[y + 5]  = v5;
            ys[y + 6]  = v6;
            ys[y + 7]  = v7;
            x = x + c;
            y = y + c;
         }
      }
   } else {
      for (int r = from; r<until; r++){
         {
            float v0 = (((xs[x] - m0) * r0) * g0) + o0;
            float v1 = (((xs[(x + 1)] - m1) * r1) * g1) + o1;
            float v2 = (((xs[(x + 2)] - m2) * r2) * g2) + o2;
            float v3 = (((xs[(x + 3)] - m3) * r3) * g3) + o3;
            float v4 = (((xs[(x + 4)] - m4) * r4) * g4) + o4;
            float v5 = (((xs[(x + 5)] - m5) * r5) * g5) + o5;
            float v6 = (((xs[(x + 6)] - m6) * r6) * g6) + o6;
            float v7 = (((xs[(x + 7)] - m7) * r7) * g7) + o7;
            ys[y]  = v0;
            ys[y + 1]  = v1;
            ys[y + 2]  = v2;
            ys[y + 3]  = v3;
            ys[y + 4]  = v4;
            ys[y + 5]  = v5;
            ys[y + 6]  = v6;
            ys[y + 7]  = v7;
            x = x + c;
            y = y + c;
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__normalise(This *this, int q){
   int n = this->p[(q + 1)];
   int c = this->p[(q + 2)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int kind = this->p[(q + 9)];
    __global float* rs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 8)]);
   int rstd = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 8)]);
    __global float* ms = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int mean = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int gain = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
    __global float* bs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int offset = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int j = i % c;
         float r = rs[(rstd + j)];
         if (kind==2){
            r = 1.0f / sqrt((r + this->f[this->p[(q + 10)]]));
         }
         float v = (((xs[(x + i)] - ms[(mean + j)]) * r) * gs[(gain + j)]) + bs[(offset + j)];
         if (kind==1){
            v = org_netloom_tensor_opencl_ElementKernels__rectified(this, v);
         }
         ys[y + i]  = v;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceRowKernels__eightGradients(This *this, int q, int kind, int block, int j){
   int c = this->p[(q + 3)];
   int from = block * 256;
   int until = min(this->p[(q + 2)], (from + 256));
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int a = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + (from * c)) + j;
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int b = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]) + (from * c)) + j;
    __global float* means = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 10)]);
   int mean = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 10)]) + j;
    __global float* rstds = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 11)]);
   int rstd = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 11)]) + j;
    __global float* tos = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int one = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]) + ((block * 2) * c)) + j;
   int two = one + c;
   float m0 = means[mean];
   float m1 = means[(mean + 1)];
   float m2 = means[(mean + 2)];
   float m3 = means[(mean + 3)];
   float m4 = means[(mean + 4)];
   float m5 = means[(mean + 5)];
   float m6 = means[(mean + 6)];
   float m7 = means[(mean + 7)];
   float r0 = rstds[rstd];
   float r1 = rstds[(rstd + 1)];
   float r2 = rstds[(rstd + 2)];
   float r3 = rstds[(rstd + 3)];
   float r4 = rstds[(rstd + 4)];
   float r5 = rstds[(rstd + 5)];
   float r6 = rstds[(rstd + 6)];
   float r7 = rstds[(rstd + 7)];
   float s0 = 0.0f;
   float s1 = 0.0f;
   float s2 = 0.0f;
   float s3 = 0.0f;
   float s4 = 0.0f;
   float s5 = 0.0f;
   float s6 = 0.0f;
   float s7 = 0.0f;
   float t0 = 0.0f;
   float t1 = 0.0f;
   float t2 = 0.0f;
   float t3 = 0.0f;
   float t4 = 0.0f;
   float t5 = 0.0f;
   float t6 = 0.0f;
   float t7 = 0.0f;
   if (kind==2){
      for (int r = from; r<until; r++){
         {
            float g0 = gs[a];
            float g1 = gs[(a + 1)];
            float g2 = gs[(a + 2)];
            float g3 = gs[(a + 3)];
            float g4 = gs[(a + 4)];
            float g5 = gs[(a + 5)];
            float g6 = gs[(a + 6)];
            float g7 = gs[(a + 7)];
            float h0 = (xs[b] - m0) * r0;
            float h1 = (xs[(b + 1)] - m1) * r1;
            float h2 = (xs[(b + 2)] - m2) * r2;
            float h3 = (xs[(b + 3)] - m3) * r3;
            float h4 = (xs[(b + 4)] - m4) * r4;
            float h5 = (xs[(b + 5)] - m5) * r5;
            float h6 = (xs[(b + 6)] - m6) * r6;
            float h7 = (xs[(b + 7)] - m7) * r7;
            s0 = s0 + (g0 * h0);
            s1 = s1 + (g1 * h1);
            s2 = s2 + (g2 * h2);
            s3 = s3 + (g3 * h3);
            s4 = s4 + (g4 * h4);
            s5 = s5 + (g5 * h5);
            s6 = s6 + (g6 * h6);
            s7 = s7 + (g7 * h7);
            t0 = t0 + g0;
            t1 = t1 + g1;
            t2 = t2 + g2;
            t3 = t3 + g3;
            t4 = t4 + g4;
            t5 = t5 + g5;
            t6 = t6 + g6;
            t7 = t7 + g7;
            a = a + c;
            b = b + c;
         }
      }
   } else {
       __global float* gains = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 8)]);
      int gain = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 8)]) + j;
       __global float* offsets = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 9)]);
      int offset = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 9)]) + j;
      float w0 = gains[gain];
      float w1 = gains[(gain + 1)];
      float w2 = gains[(gain + 2)];
      float w3 = gains[(gain + 3)];
      float w4 = gains[(gain + 4)];
      float w5 = gains[(gain + 5)];
      float w6 = gains[(gain + 6)];
      float w7 = gains[(gain + 7)];
      float o0 = offsets[offset];
      float o1 = offsets[(offset + 1)];
      float o2 = offsets[(offset + 2)];
      float o3 = offsets[(offset + 3)];
      float o4 = offsets[(offset + 4)];
      float o5 = offsets[(offset + 5)];
      float o6 = offsets[(offset + 6)];
      float o7 = offsets[(offset + 7)];
      for (int r = from; r<until; r++){
         {
            float g0 = gs[a];
            float g1 = gs[(a + 1)];
            float g2 = gs[(a + 2)];
            float g3 = gs[(a + 3)];
            float g4 = gs[(a + 4)];
            float g5 = gs[(a + 5)];
            float g6 = gs[(a + 6)];
            float g7 = gs[(a + 7)];
            float h0 = (xs[b] - m0) * r0;
            float h1 = (xs[(b + 1)] - m1) * r1;
            float h2 = (xs[(b + 2)] - m2) * r2;
            float h3 = (xs[(b + 3)] - m3) * r3;
            float h4 = (xs[(b + 4)] - m4) * r4;
            float h5 = (xs[(b + 5)] - m5) * r5;
            float h6 = (xs[(b + 6)] - m6) * r6;
            float h7 = (xs[(b + 7)] - m7) * r7;
            if (((h0 * w0) + o0)<=0.0f){
               g0 = 0.0f;
            }
            if (((h1 * w1) + o1)<=0.0f){
               g1 = 0.0f;
            }
            if (((h2 * w2) + o2)<=0.0f){
               g2 = 0.0f;
            }
            if (((h3 * w3) + o3)<=0.0f){
               g3 = 0.0f;
            }
            if (((h4 * w4) + o4)<=0.0f){
               g4 = 0.0f;
            }
            if (((h5 * w5) + o5)<=0.0f){
               g5 = 0.0f;
            }
            if (((h6 * w6) + o6)<=0.0f){
               g6 = 0.0f;
            }
            if (((h7 * w7) + o7)<=0.0f){
               g7 = 0.0f;
            }
            s0 = s0 + (g0 * h0);
            s1 = s1 + (g1 * h1);
            s2 = s2 + (g2 * h2);
            s3 = s3 + (g3 * h3);
            s4 = s4 + (g4 * h4);
            s5 = s5 + (g5 * h5);
            s6 = s6 + (g6 * h6);
            s7 = s7 + (g7 * h7);
            t0 = t0 + g0;
            t1 = t1 + g1;
            t2 = t2 + g2;
            t3 = t3 + g3;
            t4 = t4 + g4;
            t5 = t5 + g5;
            t6 = t6 + g6;
            t7 = t7 + g7;
            a = a + c;
            b = b + c;
         }
      }
   }
   tos[one]  = s0;
   tos[one + 1]  = s1;
   tos[one + 2]  = s2;
   tos[one + 3]  = s3;
   tos[one + 4]  = s4;
   tos[one + 5]  = s5;
   tos[one + 6]  = s6;
   tos[one + 7]  = s7;
   tos[two]  = t0;
   tos[two + 1]  = t1;
   tos[two + 2]  = t2;
   tos[two + 3]  = t3;
   tos[two + 4]  = t4;
   tos[two + 5]  = t5;
   tos[two + 6]  = t6;
   tos[two + 7]  = t7;
   return;
}
void org_netloom_tensor_opencl_ReduceRowKernels__eightMoments(This *this, int q, int kind, int block, int j){
   int c = this->p[(q + 3)];
   int from = block * 256;
   int until = min(this->p[(q + 2)], (from + 256));
   int row = this->p[(q + 7)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
    __global float* tos = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int one = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]) + ((block * 2) * c)) + j;
   int two = one + c;
   int start = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + j) + (from * row);
   int a = start;
   float count = (float)(until - from);
   float s0 = 0.0f;
   float s1 = 0.0f;
   float s2 = 0.0f;
   float s3 = 0.0f;
   float s4 = 0.0f;
   float s5 = 0.0f;
   float s6 = 0.0f;
   float s7 = 0.0f;
   for (int r = from; r<until; r++){
      s0 = s0 + xs[a];
      s1 = s1 + xs[(a + 1)];
      s2 = s2 + xs[(a + 2)];
      s3 = s3 + xs[(a + 3)];
      s4 = s4 + xs[(a + 4)];
      s5 = s5 + xs[(a + 5)];
      s6 = s6 + xs[(a + 6)];
      s7 = s7 + xs[(a + 7)];
      a = a + row;
   }
   if (kind==1){
      s0 = s0 / count;
      s1 = s1 / count;
      s2 = s2 / count;
      s3 = s3 / count;
      s4 = s4 / count;
      s5 = s5 / count;
      s6 = s6 / count;
      s7 = s7 / count;
      float t0 = 0.0f;
      float t1 = 0.0f;
      float t2 = 0.0f;
      float t3 = 0.0f;
      float t4 = 0.0f;
      float t5 = 0.0f;
      float t6 = 0.0f;
      float t7 = 0.0f;
      int b = start;
      for (int r = from; r<until; r++){
         {
            float d0 = xs[b] - s0;
            float d1 = xs[(b + 1)] - s1;
            float d2 = xs[(b + 2)] - s2;
            float d3 = xs[(b + 3)] - s3;
            float d4 = xs[(b + 4)] - s4;
            float d5 = xs[(b + 5)] - s5;
            float d6 = xs[(b + 6)] - s6;
            float d7 = xs[(b + 7)] - s7;
            t0 = t0 + (d0 * d0);
            t1 = t1 + (d1 * d1);
            t2 = t2 + (d2 * d2);
            t3 = t3 + (d3 * d3);
            t4 = t4 + (d4 * d4);
            t5 = t5 + (d5 * d5);
            t6 = t6 + (d6 * d6);
            t7 = t7 + (d7 * d7);
            b = b + row;
         }
      }
      tos[two]  = t0;
      tos[two + 1]  = t1;
      tos[two + 2]  = t2;
      tos[two + 3]  = t3;
      tos[two + 4]  = t4;
      tos[two + 5]  = t5;
      tos[two + 6]  = t6;
      tos[two + 7]  = t7;
   }
   tos[one]  = s0;
   tos[one + 1]  = s1;
   tos[one + 2]  = s2;
   tos[one + 3]  = s3;
   tos[one + 4]  = s4;
   tos[one + 5]  = s5;
   tos[one + 6]  = s6;
   tos[one + 7]  = s7;
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__columns(This *this, int q){
   int kind = this->p[(q + 1)];
   int count = this->p[(q + 2)];
   int c = this->p[(q + 3)];
   int blocks = this->p[(q + 4)];
    __global float* tos = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int to = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
   int n = blocks * c;
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int block = i / c;
         int j = i - (block * c);
         int from = block * 256;
         int until = min(count, (from + 256));
         float one = 0.0f;
         float two = 0.0f;
         if (kind<2){
             __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
            int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + j;
            int row = this->p[(q + 7)];
            for (int r = from; r<until; r++){
               one = one + xs[(x + (r * row))];
            }
            if (kind==1){
               one = one / (float)(until - from);
               for (int r = from; r<until; r++){
                  {
                     float d = xs[(x + (r * row))] - one;
                     two = two + (d * d);
                  }
               }
            }
         } else {
            for (int r = from; r<until; r++){
               {
                  float g = org_netloom_tensor_opencl_ReduceKernels__gradientOf(this, q, kind, ((r * c) + j), j);
                  one = one + (g * org_netloom_tensor_opencl_ReduceKernels__factorOf(this, q, kind, r, ((r * c) + j), j));
                  two = two + g;
               }
            }
         }
         tos[(to + ((block * 2) * c)) + j]  = one;
         tos[(to + (((block * 2) + 1) * c)) + j]  = two;
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__eightAverageGradients(This *this, int q, int position, int j){
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
   int line = position / w;
   int image = line / h;
   int u = line - (image * h);
   int v = position - (line * w);
   int base = (((image * oh) * ow) * c) + j;
   int j0 = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, v, w, ow);
   int j1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, v, w, ow);
   int i1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, u, h, oh);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int from = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + base;
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (position * c)) + j;
   float s0 = 0.0f;
   float s1 = 0.0f;
   float s2 = 0.0f;
   float s3 = 0.0f;
   float s4 = 0.0f;
   float s5 = 0.0f;
   float s6 = 0.0f;
   float s7 = 0.0f;
   for (int i = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, u, h, oh); i<=i1; i++){
      int u0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, i, h, oh);
      int u1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, i, h, oh);
      int a = from + (((i * ow) + j0) * c);
      for (int k = j0; k<=j1; k++){
         {
            int v0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, k, w, ow);
            int v1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, k, w, ow);
            if (u>=u0 && u<u1 && v>=v0 && v<v1){
               float count = (float)((u1 - u0) * (v1 - v0));
               s0 = s0 + (gs[a] / count);
               s1 = s1 + (gs[(a + 1)] / count);
               s2 = s2 + (gs[(a + 2)] / count);
               s3 = s3 + (gs[(a + 3)] / count);
               s4 = s4 + (gs[(a + 4)] / count);
               s5 = s5 + (gs[(a + 5)] / count);
               s6 = s6 + (gs[(a + 6)] / count);
               s7 = s7 + (gs[(a + 7)] / count);
            }
            a = a + c;
         }
      }
   }
   ys[to]  = s0;
   ys[to + 1]  = s1;
   ys[to + 2]  = s2;
   ys[to + 3]  = s3;
   ys[to + 4]  = s4;
   ys[to + 5]  = s5;
   ys[to + 6]  = s6;
   ys[to + 7]  = s7;
   return;
}
void org_netloom_tensor_opencl_PoolKernels__averageGradient(This *this, int q){
   int n = this->p[(q + 1)];
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int position = i / c;
         int line = position / w;
         int image = line / h;
         int u = line - (image * h);
         int v = position - (line * w);
         int base = ((org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * oh) * ow) * c)) + i) - (position * c);
         int j0 = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, v, w, ow);
         int j1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, v, w, ow);
         int i1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, u, h, oh);
         float sum = 0.0f;
         for (int a = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, u, h, oh); a<=i1; a++){
            int u0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, a, h, oh);
            int u1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, a, h, oh);
            for (int b = j0; b<=j1; b++){
               int v0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, b, w, ow);
               int v1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, b, w, ow);
               if (u>=u0 && u<u1 && v>=v0 && v<v1){
                  int count = (u1 - u0) * (v1 - v0);
                  sum = sum + (gs[(base + (((a * ow) + b) * c))] / (float)count);
               }
            }
         }
         ys[y + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__eightAverages(This *this, int q, int cell, int j){
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
   int line = cell / ow;
   int image = line / oh;
   int base = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * h) * w) * c)) + j;
   int v0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (cell - (line * ow)), w, ow);
   int v1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (cell - (line * ow)), w, ow);
   int u0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (line - (image * oh)), h, oh);
   int u1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (line - (image * oh)), h, oh);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (cell * c)) + j;
   float count = (float)((u1 - u0) * (v1 - v0));
   float s0 = 0.0f;
   float s1 = 0.0f;
   float s2 = 0.0f;
   float s3 = 0.0f;
   float s4 = 0.0f;
   float s5 = 0.0f;
   float s6 = 0.0f;
   float s7 = 0.0f;
   for (int u = u0; u<u1; u++){
      int a = base + (((u * w) + v0) * c);
      for (int v = v0; v<v1; v++){
         s0 = s0 + xs[a];
         s1 = s1 + xs[(a + 1)];
         s2 = s2 + xs[(a + 2)];
         s3 = s3 + xs[(a + 3)];
         s4 = s4 + xs[(a + 4)];
         s5 = s5 + xs[(a + 5)];
         s6 = s6 + xs[(a + 6)];
         s7 = s7 + xs[(a + 7)];
         a = a + c;
      }
   }
   ys[to]  = s0 / count;
   ys[to + 1]  = s1 / count;
   ys[to + 2]  = s2 / count;
   ys[to + 3]  = s3 / count;
   ys[to + 4]  = s4 / count;
   ys[to + 5]  = s5 / count;
   ys[to + 6]  = s6 / count;
   ys[to + 7]  = s7 / count;
   return;
}
void org_netloom_tensor_opencl_PoolKernels__average(This *this, int q){
   int n = this->p[(q + 1)];
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int cell = i / c;
         int line = cell / ow;
         int image = line / oh;
         int base = ((org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * h) * w) * c)) + i) - (cell * c);
         int v0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (cell - (line * ow)), w, ow);
         int v1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (cell - (line * ow)), w, ow);
         int u0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (line - (image * oh)), h, oh);
         int u1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (line - (image * oh)), h, oh);
         float sum = 0.0f;
         for (int u = u0; u<u1; u++){
            for (int v = v0; v<v1; v++){
               sum = sum + xs[(base + (((u * w) + v) * c))];
            }
         }
         int count = (u1 - u0) * (v1 - v0);
         ys[y + i]  = sum / (float)count;
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__eightMaximaGradients(This *this, int q, int position, int j){
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
   int line = position / w;
   int image = line / h;
   int u = line - (image * h);
   int v = position - (line * w);
   int base = (((image * oh) * ow) * c) + j;
   int j0 = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, v, w, ow);
   int j1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, v, w, ow);
   int i1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, u, h, oh);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int from = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + base;
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (position * c)) + j;
    __global float* places = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
   int found = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]) + base;
   float place = (float)((u * w) + v);
   float s0 = 0.0f;
   float s1 = 0.0f;
   float s2 = 0.0f;
   float s3 = 0.0f;
   float s4 = 0.0f;
   float s5 = 0.0f;
   float s6 = 0.0f;
   float s7 = 0.0f;
   for (int i = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, u, h, oh); i<=i1; i++){
      int a = from + (((i * ow) + j0) * c);
      int b = found + (((i * ow) + j0) * c);
      for (int k = j0; k<=j1; k++){
         {
            float g0 = gs[a];
            float g1 = gs[(a + 1)];
            float g2 = gs[(a + 2)];
            float g3 = gs[(a + 3)];
            float g4 = gs[(a + 4)];
            float g5 = gs[(a + 5)];
            float g6 = gs[(a + 6)];
            float g7 = gs[(a + 7)];
            float f0 = places[b];
            float f1 = places[(b + 1)];
            float f2 = places[(b + 2)];
            float f3 = places[(b + 3)];
            float f4 = places[(b + 4)];
            float f5 = places[(b + 5)];
            float f6 = places[(b + 6)];
            float f7 = places[(b + 7)];
            if (f0!=place){
               g0 = 0.0f;
            }
            if (f1!=place){
               g1 = 0.0f;
            }
            if (f2!=place){
               g2 = 0.0f;
            }
            if (f3!=place){
               g3 = 0.0f;
            }
            if (f4!=place){
               g4 = 0.0f;
            }
            if (f5!=place){
               g5 = 0.0f;
            }
            if (f6!=place){
               g6 = 0.0f;
            }
            if (f7!=place){
               g7 = 0.0f;
            }
            s0 = s0 + g0;
            s1 = s1 + g1;
            s2 = s2 + g2;
            s3 = s3 + g3;
            s4 = s4 + g4;
            s5 = s5 + g5;
            s6 = s6 + g6;
            s7 = s7 + g7;
            a = a + c;
            b = b + c;
         }
      }
   }
   ys[to]  = s0;
   ys[to + 1]  = s1;
   ys[to + 2]  = s2;
   ys[to + 3]  = s3;
   ys[to + 4]  = s4;
   ys[to + 5]  = s5;
   ys[to + 6]  = s6;
   ys[to + 7]  = s7;
   return;
}
void org_netloom_tensor_opencl_PoolKernels__maximumGradient(This *this, int q){
   int n = this->p[(q + 1)];
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int g = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* places = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
   int first = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int position = i / c;
         int line = position / w;
         int image = line / h;
         int u = line - (image * h);
         int v = position - (line * w);
         int base = ((((image * oh) * ow) * c) + i) - (position * c);
         int j0 = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, v, w, ow);
         int j1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, v, w, ow);
         int i1 = org_netloom_tensor_opencl_PoolKernels__lastCell(this, q, u, h, oh);
         float place = (float)((u * w) + v);
         float sum = 0.0f;
         for (int a = org_netloom_tensor_opencl_PoolKernels__firstCell(this, q, u, h, oh); a<=i1; a++){
            for (int b = j0; b<=j1; b++){
               int at = base + (((a * ow) + b) * c);
               if (places[(first + at)]==place){
                  sum = sum + gs[(g + at)];
               }
            }
         }
         ys[y + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__eightPlaces(This *this, int q, int cell, int j){
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
   int line = cell / ow;
   int image = line / oh;
   int base = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * h) * w) * c)) + j;
   int v0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (cell - (line * ow)), w, ow);
   int v1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (cell - (line * ow)), w, ow);
   int u0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (line - (image * oh)), h, oh);
   int u1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (line - (image * oh)), h, oh);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (cell * c)) + j;
    __global float* bests = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
   int best = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]) + (cell * c)) + j;
   float s0 = bests[best];
   float s1 = bests[(best + 1)];
   float s2 = bests[(best + 2)];
   float s3 = bests[(best + 3)];
   float s4 = bests[(best + 4)];
   float s5 = bests[(best + 5)];
   float s6 = bests[(best + 6)];
   float s7 = bests[(best + 7)];
   float f0 = 0.0f;
   float f1 = 0.0f;
   float f2 = 0.0f;
   float f3 = 0.0f;
   float f4 = 0.0f;
   float f5 = 0.0f;
   float f6 = 0.0f;
   float f7 = 0.0f;
   for (int u = u1 - 1; u>=u0; u--){
      int a = base + ((((u * w) + v1) - 1) * c);
      for (int v = v1 - 1; v>=v0; v--){
         {
            float place = (float)((u * w) + v);
            float x0 = xs[a];
            float x1 = xs[(a + 1)];
            float x2 = xs[(a + 2)];
            float x3 = xs[(a + 3)];
            float x4 = xs[(a + 4)];
            float x5 = xs[(a + 5)];
            float x6 = xs[(a + 6)];
            float x7 = xs[(a + 7)];
            if (x0==s0 || x0!=x0){
               f0 = place;
            }
            if (x1==s1 || x1!=x1){
               f1 = place;
            }
            if (x2==s2 || x2!=x2){
               f2 = place;
            }
            if (x3==s3 || x3!=x3){
               f3 = place;
            }
            if (x4==s4 || x4!=x4){
               f4 = place;
            }
            if (x5==s5 || x5!=x5){
               f5 = place;
            }
            if (x6==s6 || x6!=x6){
               f6 = place;
            }
            if (x7==s7 || x7!=x7){
               f7 = place;
            }
            a = a - c;
         }
      }
   }
   ys[to]  = f0;
   ys[to + 1]  = f1;
   ys[to + 2]  = f2;
   ys[to + 3]  = f3;
   ys[to + 4]  = f4;
   ys[to + 5]  = f5;
   ys[to + 6]  = f6;
   ys[to + 7]  = f7;
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__eightMaxima(This *this, int q, int cell, int j, int place){
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
   int line = cell / ow;
   int image = line / oh;
   int base = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * h) * w) * c)) + j;
   int v0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (cell - (line * ow)), w, ow);
   int v1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (cell - (line * ow)), w, ow);
   int u0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (line - (image * oh)), h, oh);
   int u1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (line - (image * oh)), h, oh);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, place);
   int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, place) + (cell * c)) + j;
   float s0 = -INFINITY;
   float s1 = -INFINITY;
   float s2 = -INFINITY;
   float s3 = -INFINITY;
   float s4 = -INFINITY;
   float s5 = -INFINITY;
   float s6 = -INFINITY;
   float s7 = -INFINITY;
   for (int u = u0; u<u1; u++){
      int a = base + (((u * w) + v0) * c);
      for (int v = v0; v<v1; v++){
         {
            float x0 = xs[a];
            float x1 = xs[(a + 1)];
            float x2 = xs[(a + 2)];
            float x3 = xs[(a + 3)];
            float x4 = xs[(a + 4)];
            float x5 = xs[(a + 5)];
            float x6 = xs[(a + 6)];
            float x7 = xs[(a + 7)];
            if (x0>s0 || x0!=x0){
               s0 = x0;
            }
            if (x1>s1 || x1!=x1){
               s1 = x1;
            }
            if (x2>s2 || x2!=x2){
               s2 = x2;
            }
            if (x3>s3 || x3!=x3){
               s3 = x3;
            }
            if (x4>s4 || x4!=x4){
               s4 = x4;
            }
            if (x5>s5 || x5!=x5){
               s5 = x5;
            }
            if (x6>s6 || x6!=x6){
               s6 = x6;
            }
            if (x7>s7 || x7!=x7){
               s7 = x7;
            }
            a = a + c;
         }
      }
   }
   ys[to]  = s0;
   ys[to + 1]  = s1;
   ys[to + 2]  = s2;
   ys[to + 3]  = s3;
   ys[to + 4]  = s4;
   ys[to + 5]  = s5;
   ys[to + 6]  = s6;
   ys[to + 7]  = s7;
   return;
}
void org_netloom_tensor_opencl_PoolKernels__maximum(This *this, int q, int where){
   int n = this->p[(q + 1)];
   int h = this->p[(q + 4)];
   int w = this->p[(q + 5)];
   int c = this->p[(q + 6)];
   int oh = this->p[(q + 7)];
   int ow = this->p[(q + 8)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int cell = i / c;
         int line = cell / ow;
         int image = line / oh;
         int base = ((org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + (((image * h) * w) * c)) + i) - (cell * c);
         int v0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (cell - (line * ow)), w, ow);
         int v1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (cell - (line * ow)), w, ow);
         int u0 = org_netloom_tensor_opencl_PoolKernels__low(this, q, (line - (image * oh)), h, oh);
         int u1 = org_netloom_tensor_opencl_PoolKernels__high(this, q, (line - (image * oh)), h, oh);
         float best = -INFINITY;
         int found = -1;
         for (int u = u0; u<u1; u++){
            for (int v = v0; v<v1; v++){
               float x = xs[(base + (((u * w) + v) * c))];
               if (found<0 || x>best || x!=x && best==best){
                  best = x;
                  found = (u * w) + v;
               }
            }
         }
         if (where!=0){
            best = (float)found;
         }
         ys[y + i]  = best;
      }
   }
   return;
}
void org_netloom_tensor_opencl_LayoutKernels__moveValues(This *this, int q, int scatter){
   int n = this->p[(q + 1)];
   int b = this->p[(q + 2)];
   int c = this->p[(q + 3)];
   int d = this->p[(q + 4)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 10)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 10)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      int row = i / d;
      int plane = row / c;
      int far = ((((plane / b) * this->p[(q + 6)]) + ((plane % b) * this->p[(q + 7)])) + ((row % c) * this->p[(q + 8)])) + ((i - (row * d)) * this->p[(q + 9)]);
      if (scatter!=0){
         ys[y + far]  = xs[(x + i)];
      } else {
         ys[y + i]  = xs[(x + far)];
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementRowKernels__moveRows(This *this, int q, int scatter){
   int n = this->p[(q + 1)];
   int b = this->p[(q + 2)];
   int c = this->p[(q + 3)];
   int d = this->p[(q + 4)];
   int apart = this->p[(q + 9)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 10)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 10)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int stop = 0;
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = stop){
      int row = i / d;
      int plane = row / c;
      int from = (((plane / b) * this->p[(q + 6)]) + ((plane % b) * this->p[(q + 7)])) + ((row % c) * this->p[(q + 8)]);
      stop = min(end, ((row + 1) * d));
      int near = x + i;
      int far = (y + from) + ((i - (row * d)) * apart);
      if (scatter==0){
         near = (x + from) + ((i - (row * d)) * apart);
         far = y + i;
      }
      if (apart==1){
         for (int k = 0; k<(stop - i); k++){
            ys[far + k]  = xs[(near + k)];
         }
      } else {
         if (scatter!=0){
            for (int k = 0; k<(stop - i); k++){
               ys[far + (k * apart)]  = xs[(near + k)];
            }
         } else {
            for (int k = 0; k<(stop - i); k++){
               ys[far + k]  = xs[(near + (k * apart))];
            }
         }
      }
   }
   return;
}
float org_netloom_tensor_opencl_ElementKernels__uniform(This *this, long key){
   long z = (key ^ (((unsigned long)key) >> 30)) * -4658895280553007687L;
   z = (z ^ (((unsigned long)z) >> 27)) * -7723592293110705685L;
   z = z ^ (((unsigned long)z) >> 31);
   int high = (int)(((unsigned long)z) >> 40);
   return(((float)high * 5.9604645E-8f));
}
void org_netloom_tensor_opencl_ElementKernels__add(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
   int operands = this->p[(q + 3)];
    __global float* as = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int a = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         float sum = as[(a + i)];
         for (int k = 1; k<operands; k++){
            sum = sum + org_netloom_tensor_opencl_DeviceMemory__operand(this, q, (4 + k), i);
         }
         ys[y + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__applyGradient(This *this, int q){
   int n = this->p[(q + 1)];
   int function = this->p[(q + 2)];
    __global float* gys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int gy = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
    __global float* gxs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int gx = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      gxs[gx + i]  = gys[(gy + i)] * org_netloom_tensor_opencl_ElementKernels__slope(this, function, xs[(x + i)]);
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__apply(This *this, int q){
   int n = this->p[(q + 1)];
   int function = this->p[(q + 2)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      ys[y + i]  = org_netloom_tensor_opencl_ElementKernels__value(this, function, xs[(x + i)]);
   }
   return;
}
void org_netloom_tensor_opencl_UpdateKernels__sgd(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* ws = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int w = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int g = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* us = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int u = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int k = this->p[(q + 7)];
   float factor = org_netloom_tensor_opencl_UpdateKernels__clip(this, this->f[(k + 2)], org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 5, 0));
   float rate = org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 6, 0);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         float d = (factor * gs[(g + i)]) + (this->f[(k + 1)] * ws[(w + i)]);
         float speed = (this->f[k] * us[(u + i)]) + d;
         us[u + i]  = speed;
         ws[w + i]  = ws[(w + i)] - (rate * speed);
      }
   }
   return;
}
void org_netloom_tensor_opencl_UpdateKernels__adam(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* ws = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int w = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int g = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* ms = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int m = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
    __global float* vs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int v = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
    __global float* rates = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int at = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]);
   int k = this->p[(q + 8)];
   float factor = org_netloom_tensor_opencl_UpdateKernels__clip(this, this->f[(k + 8)], org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 6, 0));
   float t = rates[(at + 1)];
   float rate = rates[at] / org_netloom_tensor_opencl_UpdateKernels__oneMinusExp(this, (t * this->f[(k + 2)]));
   float keep = 1.0f - (rates[at] * this->f[(k + 9)]);
   float rise = 1.0f / sqrt(org_netloom_tensor_opencl_UpdateKernels__oneMinusExp(this, (t * this->f[(k + 5)])));
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         float d = (factor * gs[(g + i)]) + (this->f[(k + 7)] * ws[(w + i)]);
         float one = (this->f[k] * ms[(m + i)]) + (this->f[(k + 1)] * d);
         float two = (this->f[(k + 3)] * vs[(v + i)]) + ((this->f[(k + 4)] * d) * d);
         ms[m + i]  = one;
         vs[v + i]  = two;
         ws[w + i]  = (keep * ws[(w + i)]) - ((rate * one) / ((sqrt(two) * rise) + this->f[(k + 6)]));
      }
   }
   return;
}
void org_netloom_tensor_opencl_UpdateKernels__root(This *this, int q){
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 1)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 1)]);
   if (org_netloom_tensor_opencl_DeviceMemory__group(this)==0 && org_netloom_tensor_opencl_DeviceMemory__lane(this)==0){
      ys[y]  = sqrt(ys[y]);
   }
   return;
}
void org_netloom_tensor_opencl_UpdateKernels__squares(This *this, int q){
   int chunks = this->p[(q + 1)];
   int lanes = org_netloom_tensor_opencl_DeviceMemory__lanes(this);
   int lane = org_netloom_tensor_opencl_DeviceMemory__lane(this);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   for (int chunk = org_netloom_tensor_opencl_DeviceMemory__group(this); chunk<chunks; chunk = chunk + org_netloom_tensor_opencl_DeviceMemory__groups(this)){
      {
          __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(this->p[(q + 2)] + (2 * chunk))]);
         int from = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(this->p[(q + 2)] + (2 * chunk))]);
         int length = this->p[((this->p[(q + 2)] + (2 * chunk)) + 1)];
         float sum = 0.0f;
         for (int i = lane; i<length; i = i + lanes){
            sum = sum + (xs[(from + i)] * xs[(from + i)]);
         }
         this->left[lane]  = sum;
         barrier(CLK_LOCAL_MEM_FENCE);
         if (lane==0){
            float all = 0.0f;
            for (int i = 0; i<lanes; i++){
               all = all + this->left[i];
            }
            ys[y + chunk]  = all;
         }
         barrier(CLK_LOCAL_MEM_FENCE);
      }
   }
   return;
}
void org_netloom_tensor_opencl_SweepKernels__sweepsGradient(This *this, int q){
    __global float* home = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int h = this->p[(q + 1)];
   int lane = org_netloom_tensor_opencl_DeviceMemory__lane(this);
   int lanes = org_netloom_tensor_opencl_DeviceMemory__lanes(this);
   int graphs = this->p[(q + 48)];
   for (int graph = org_netloom_tensor_opencl_DeviceMemory__group(this); graph<graphs; graph = graph + org_netloom_tensor_opencl_DeviceMemory__groups(this)){
      for (int sweep = 1; sweep>=0; sweep--){
         int s = org_netloom_tensor_opencl_SweepKernels__sweepAt(this, q, sweep);
         int first = this->p[(this->p[s] + graph)];
         for (int level = this->p[((this->p[s] + graph) + 1)] - 1; level>=first; level--){
            {
               int from = this->p[(this->p[(s + 1)] + level)];
               int nodes = this->p[((this->p[(s + 1)] + level) + 1)] - from;
               for (int i = lane; i<(nodes * h); i = i + lanes){
                  org_netloom_tensor_opencl_SweepKernels__outputGradient(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / h))], (i % h));
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
               for (int mlp = 0; mlp<this->p[(q + 2)]; mlp++){
                  int hidden = this->p[((q + 16) + (6 * mlp))];
                  for (int i = lane; i<(nodes * hidden); i = i + lanes){
                     org_netloom_tensor_opencl_SweepKernels__hiddenGradient(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / hidden))], (i % hidden), mlp);
                  }
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
               for (int i = lane; i<(nodes * h); i = i + lanes){
                  org_netloom_tensor_opencl_SweepKernels__gatesGradient(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / h))], (i % h));
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
               for (int i = lane; i<(nodes * h); i = i + lanes){
                  org_netloom_tensor_opencl_SweepKernels__messageGradient(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / h))], (i % h));
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_SweepKernels__sweeps(This *this, int q){
    __global float* home = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int h = this->p[(q + 1)];
   int lane = org_netloom_tensor_opencl_DeviceMemory__lane(this);
   int lanes = org_netloom_tensor_opencl_DeviceMemory__lanes(this);
   int graphs = this->p[(q + 48)];
   for (int graph = org_netloom_tensor_opencl_DeviceMemory__group(this); graph<graphs; graph = graph + org_netloom_tensor_opencl_DeviceMemory__groups(this)){
      for (int sweep = 0; sweep<2; sweep++){
         int s = org_netloom_tensor_opencl_SweepKernels__sweepAt(this, q, sweep);
         int end = this->p[((this->p[s] + graph) + 1)];
         for (int level = this->p[(this->p[s] + graph)]; level<end; level++){
            {
               int from = this->p[(this->p[(s + 1)] + level)];
               int nodes = this->p[((this->p[(s + 1)] + level) + 1)] - from;
               for (int i = lane; i<(nodes * h); i = i + lanes){
                  org_netloom_tensor_opencl_SweepKernels__message(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / h))], (i % h));
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
               for (int i = lane; i<(nodes * h); i = i + lanes){
                  org_netloom_tensor_opencl_SweepKernels__gates(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / h))], (i % h));
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
               for (int mlp = 0; mlp<this->p[(q + 2)]; mlp++){
                  int hidden = this->p[((q + 16) + (6 * mlp))];
                  for (int i = lane; i<(nodes * hidden); i = i + lanes){
                     org_netloom_tensor_opencl_SweepKernels__perceptron(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / hidden))], (i % hidden), mlp, 0);
                  }
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
               for (int mlp = 0; mlp<this->p[(q + 2)]; mlp++){
                  for (int i = lane; i<(nodes * h); i = i + lanes){
                     org_netloom_tensor_opencl_SweepKernels__perceptron(this, home, q, sweep, this->p[((this->p[(s + 2)] + from) + (i / h))], (i % h), mlp, 1);
                  }
               }
               barrier(CLK_GLOBAL_MEM_FENCE);
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_AttentionKernels__softmaxGradient(This *this, int q){
   if (this->spread==0){
      org_netloom_tensor_opencl_AttentionKernels__softmaxRowsGradient(this, q);
   } else {
      org_netloom_tensor_opencl_AttentionKernels__softmaxGroupsGradient(this, q);
   }
   return;
}
void org_netloom_tensor_opencl_AttentionKernels__softmax(This *this, int q){
   if (this->spread==0){
      org_netloom_tensor_opencl_AttentionKernels__softmaxRows(this, q);
   } else {
      org_netloom_tensor_opencl_AttentionKernels__softmaxGroups(this, q);
   }
   return;
}
void org_netloom_tensor_opencl_DepthwiseKernels__depthwiseWeightGradient(This *this, int q){
   int c = this->p[(q + 7)];
   int taps = this->p[(q + 10)] * this->p[(q + 11)];
   int width = 1;
   if (this->spread==0 && c>=8){
      width = 8;
   }
   int parts = c / width;
   int n = (this->p[(q + 18)] * taps) * parts;
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      int line = i / parts;
      int j = (i - (line * parts)) * width;
      int from = (line / taps) * 256;
      int until = min(this->p[(q + 1)], (from + 256));
      if (width==1){
         org_netloom_tensor_opencl_DepthwiseKernels__oneWeight(this, q, line, j, from, until);
      } else {
         org_netloom_tensor_opencl_DepthwiseKernels__eightWeights(this, q, line, j, from, until);
         if ((j + 16)>c && (j + 8)<c){
            org_netloom_tensor_opencl_DepthwiseKernels__eightWeights(this, q, line, (c - 8), from, until);
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_DepthwiseKernels__depthwise(This *this, int q, int backward){
   if (this->spread!=0 || this->p[(q + 7)]<8){
      org_netloom_tensor_opencl_DepthwiseKernels__oneChannel(this, q, backward);
   } else {
      int blocks = this->p[(q + 7)] / 8;
      int n = (this->p[(q + 1)] / (this->p[(q + 7)] * this->p[(q + 9)])) * blocks;
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
      int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
         int line = i / blocks;
         int j = (i - (line * blocks)) * 8;
         org_netloom_tensor_opencl_DepthwiseKernels__eightChannels(this, q, backward, line, j);
         if ((j + 16)>this->p[(q + 7)] && (j + 8)<this->p[(q + 7)]){
            org_netloom_tensor_opencl_DepthwiseKernels__eightChannels(this, q, backward, line, (this->p[(q + 7)] - 8));
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__sumSlices(This *this, int q){
   int n = this->p[(q + 1)];
   int slices = this->p[(q + 4)];
   int slice = this->p[(q + 5)];
   int b = this->p[(q + 6)];
   int c = this->p[(q + 7)];
   int d = this->p[(q + 8)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int row = i / d;
         int plane = row / c;
         int at = (((org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]) + ((plane / b) * this->p[(q + 9)])) + ((plane % b) * this->p[(q + 10)])) + ((row % c) * this->p[(q + 11)])) + ((i - (row * d)) * this->p[(q + 12)]);
         float sum = 0.0f;
         for (int s = 0; s<slices; s++){
            sum = sum + xs[(at + (s * slice))];
         }
         ys[y + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__pack(This *this, int q){
   int n = this->p[(q + 1)];
   int terms = this->p[(q + 4)];
   int columns = this->p[(q + 5)];
   int filters = this->p[(q + 6)];
   int channels = this->p[(q + 7)];
    __global float* ws = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int w = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int line = i / columns;
         int k = line % terms;
         int o = i % columns;
         int tap = k / channels;
         int c = k % channels;
         if (this->p[(q + 10)]!=0){
            c = i % columns;
            tap = k / filters;
            o = k % filters;
         }
         int filter = ((line / terms) * filters) + o;
         ys[y + i]  = ws[((w + (((filter * channels) + c) * this->p[(q + 8)])) + this->p[(this->p[(q + 9)] + tap)])];
      }
   }
   return;
}
void org_netloom_tensor_opencl_RowProductKernels__rowProduct(This *this, int q){
   if (this->p[(q + 2)]<8){
      org_netloom_tensor_opencl_RowProductKernels__narrowProduct(this, q);
   } else {
      org_netloom_tensor_opencl_RowProductKernels__wideProduct(this, q);
   }
   return;
}
void org_netloom_tensor_opencl_ProductKernels__product(This *this, int q){
   int m = this->p[(q + 1)];
   int n = this->p[(q + 2)];
   int terms = this->p[(q + 3)];
   int slices = this->p[(q + 5)];
   int across = ((n + 64) - 1) / 64;
   int down = ((m + 64) - 1) / 64;
   int share = ((terms + slices) - 1) / slices;
   int tiles = ((across * down) * slices) * this->p[(q + 4)];
   int tx = get_local_id(0) * 4;
   int ty = get_local_id(1) * 4;
    __global float* lefts = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
    __global float* rights = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 13)]);
    __global float* results = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 17)]);
   for (int tile = org_netloom_tensor_opencl_DeviceMemory__group(this); tile<tiles; tile = tile + org_netloom_tensor_opencl_DeviceMemory__groups(this)){
      {
         int part = tile / (across * down);
         int i0 = ((tile / across) % down) * 64;
         int j0 = (tile % across) * 64;
         int batch = part / slices;
         int slice = part % slices;
         int until = min(terms, ((slice + 1) * share));
         org_netloom_tensor_opencl_ProductKernels__placesOfRows(this, q, i0, m);
         float c00 = 0.0f;
         float c01 = 0.0f;
         float c02 = 0.0f;
         float c03 = 0.0f;
         float c10 = 0.0f;
         float c11 = 0.0f;
         float c12 = 0.0f;
         float c13 = 0.0f;
         float c20 = 0.0f;
         float c21 = 0.0f;
         float c22 = 0.0f;
         float c23 = 0.0f;
         float c30 = 0.0f;
         float c31 = 0.0f;
         float c32 = 0.0f;
         float c33 = 0.0f;
         for (int k0 = slice * share; k0<until; k0+=16){
            org_netloom_tensor_opencl_ProductKernels__placesOfTerms(this, q, k0, until);
            barrier(CLK_LOCAL_MEM_FENCE);
            org_netloom_tensor_opencl_ProductKernels__loadLeft(this, q, lefts, (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 7, 25)), (m - i0), (until - k0));
            org_netloom_tensor_opencl_ProductKernels__loadRight(this, q, rights, (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 13)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 14, 26)), j0, n, k0, until);
            barrier(CLK_LOCAL_MEM_FENCE);
            for (int k = 0; k<16; k++){
               {
                  int a = (k * 66) + ty;
                  int b = (k * 66) + tx;
                  float a0 = this->left[a];
                  float a1 = this->left[(a + 1)];
                  float a2 = this->left[(a + 2)];
                  float a3 = this->left[(a + 3)];
                  float b0 = this->right[b];
                  float b1 = this->right[(b + 1)];
                  float b2 = this->right[(b + 2)];
                  float b3 = this->right[(b + 3)];
                  c00 = c00 + (a0 * b0);
                  c01 = c01 + (a0 * b1);
                  c02 = c02 + (a0 * b2);
                  c03 = c03 + (a0 * b3);
                  c10 = c10 + (a1 * b0);
                  c11 = c11 + (a1 * b1);
                  c12 = c12 + (a1 * b2);
                  c13 = c13 + (a1 * b3);
                  c20 = c20 + (a2 * b0);
                  c21 = c21 + (a2 * b1);
                  c22 = c22 + (a2 * b2);
                  c23 = c23 + (a2 * b3);
                  c30 = c30 + (a3 * b0);
                  c31 = c31 + (a3 * b1);
                  c32 = c32 + (a3 * b2);
                  c33 = c33 + (a3 * b3);
               }
            }
            barrier(CLK_LOCAL_MEM_FENCE);
         }
         int to = (org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 17)]) + org_netloom_tensor_opencl_ProductKernels__batch(this, q, batch, 18, 27)) + (slice * this->p[(q + 19)]);
         org_netloom_tensor_opencl_ProductKernels__store(this, q, results, to, (i0 + ty), (j0 + tx), m, n, c00, c01, c02, c03);
         org_netloom_tensor_opencl_ProductKernels__store(this, q, results, to, ((i0 + ty) + 1), (j0 + tx), m, n, c10, c11, c12, c13);
         org_netloom_tensor_opencl_ProductKernels__store(this, q, results, to, ((i0 + ty) + 2), (j0 + tx), m, n, c20, c21, c22, c23);
         org_netloom_tensor_opencl_ProductKernels__store(this, q, results, to, ((i0 + ty) + 3), (j0 + tx), m, n, c30, c31, c32, c33);
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__imageDots(This *this, int q){
   int n = this->p[(q + 1)];
   int c = this->p[(q + 5)];
   int positions = this->p[(q + 6)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* dots = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int to = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int image = i / c;
         int at = (((image * positions) * c) + i) - (image * c);
         float sum = 0.0f;
         for (int k = 0; k<positions; k++){
            sum = sum + (xs[((x + at) + (k * c))] * ys[((y + at) + (k * c))]);
         }
         dots[to + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__crossEntropyGradient(This *this, int q){
   int n = this->p[(q + 1)];
   int k = this->p[(q + 2)];
   float smoothing = this->f[this->p[(q + 7)]];
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int g = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* probabilities = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int from = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
    __global float* labels = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int label = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]);
   int all = n * k;
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, all);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, all); i<end; i = i + step){
      {
         int row = i / k;
         float target = smoothing / (float)k;
         int hit = (int)labels[(label + row)];
         if ((i - (row * k))==hit){
            target = target + (1.0f - smoothing);
         }
         ys[y + i]  = (gs[g] / (float)n) * (probabilities[(from + i)] - target);
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__crossEntropy(This *this, int q){
   int n = this->p[(q + 1)];
   int k = this->p[(q + 2)];
   float smoothing = this->f[this->p[(q + 7)]];
    __global float* logits = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
    __global float* labels = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int label = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
    __global float* probabilities = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int to = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
    __global float* losses = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int loss = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int row = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (i * k);
         float most = logits[row];
         float mean = 0.0f;
         for (int j = 0; j<k; j++){
            most = fmax(most, logits[(row + j)]);
            mean = mean + logits[(row + j)];
         }
         float sum = 0.0f;
         for (int j = 0; j<k; j++){
            sum = sum + exp((logits[(row + j)] - most));
         }
         float total = most + log(sum);
         for (int j = 0; j<k; j++){
            probabilities[(to + (i * k)) + j]  = exp((logits[(row + j)] - total));
         }
         int hit = (int)labels[(label + i)];
         losses[loss + i]  = (total - ((1.0f - smoothing) * logits[(row + hit)])) - ((smoothing * mean) / (float)k);
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__total(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
   int lanes = org_netloom_tensor_opencl_DeviceMemory__lanes(this);
   float sum = 0.0f;
   if (org_netloom_tensor_opencl_DeviceMemory__group(this)==0){
      for (int i = org_netloom_tensor_opencl_DeviceMemory__lane(this); i<n; i = i + lanes){
         sum = sum + xs[(x + i)];
      }
   }
   this->left[org_netloom_tensor_opencl_DeviceMemory__lane(this)]  = sum;
   barrier(CLK_LOCAL_MEM_FENCE);
   if (org_netloom_tensor_opencl_DeviceMemory__group(this)==0 && org_netloom_tensor_opencl_DeviceMemory__lane(this)==0){
      float all = 0.0f;
      for (int i = 0; i<lanes; i++){
         all = all + this->left[i];
      }
      org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)])[org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)])]  = all / (float)this->p[(q + 4)];
   }
   barrier(CLK_LOCAL_MEM_FENCE);
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__layerNormGradient(This *this, int q){
   int count = this->p[(q + 1)];
   int c = this->p[(q + 2)];
    __global float* gxs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int gx = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* gys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int gy = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int gain = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]);
    __global float* ms = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int means = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]);
    __global float* rs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 8)]);
   int rstds = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 8)]);
   int width = get_local_size(0);
   int height = get_local_size(1);
   int column = get_local_id(0);
   int line = get_local_id(1);
   for (int base = org_netloom_tensor_opencl_DeviceMemory__group(this) * height; base<count; base = base + (org_netloom_tensor_opencl_DeviceMemory__groups(this) * height)){
      int row = min((base + line), (count - 1));
      float mean = ms[(means + row)];
      float rstd = rs[(rstds + row)];
      float sum = 0.0f;
      float dot = 0.0f;
      for (int j = column; j<c; j = j + width){
         {
            float g = gys[((gy + (row * c)) + j)] * gs[(gain + j)];
            sum = sum + g;
            dot = dot + ((g * (xs[((x + (row * c)) + j)] - mean)) * rstd);
         }
      }
      sum = org_netloom_tensor_opencl_DeviceMemory__rowSum(this, sum);
      dot = org_netloom_tensor_opencl_DeviceMemory__rowSum(this, dot);
      if ((base + line)<count){
         for (int j = column; j<c; j = j + width){
            {
               float g = gys[((gy + (row * c)) + j)] * gs[(gain + j)];
               float hat = (xs[((x + (row * c)) + j)] - mean) * rstd;
               gxs[(gx + (row * c)) + j]  = rstd * (g - ((sum + (hat * dot)) / (float)c));
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__layerNorm(This *this, int q){
   int count = this->p[(q + 1)];
   int c = this->p[(q + 2)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int gain = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
    __global float* bs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)]);
   int offset = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]);
    __global float* ms = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)]);
   int means = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]);
    __global float* rs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 8)]);
   int rstds = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 8)]);
   int width = get_local_size(0);
   int height = get_local_size(1);
   int column = get_local_id(0);
   int line = get_local_id(1);
   for (int base = org_netloom_tensor_opencl_DeviceMemory__group(this) * height; base<count; base = base + (org_netloom_tensor_opencl_DeviceMemory__groups(this) * height)){
      int row = min((base + line), (count - 1));
      int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]) + (row * c);
      int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]) + (row * c);
      float sum = 0.0f;
      for (int j = column; j<c; j = j + width){
         sum = sum + xs[(x + j)];
      }
      float mean = org_netloom_tensor_opencl_DeviceMemory__rowSum(this, sum) / (float)c;
      float squares = 0.0f;
      for (int j = column; j<c; j = j + width){
         {
            float d = xs[(x + j)] - mean;
            squares = squares + (d * d);
         }
      }
      float rstd = 1.0f / sqrt(((org_netloom_tensor_opencl_DeviceMemory__rowSum(this, squares) / (float)c) + this->f[this->p[(q + 9)]]));
      if ((base + line)<count){
         for (int j = column; j<c; j = j + width){
            ys[y + j]  = (((xs[(x + j)] - mean) * rstd) * gs[(gain + j)]) + bs[(offset + j)];
         }
         if (column==0){
            ms[means + row]  = mean;
            rs[rstds + row]  = rstd;
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_NormRowKernels__normaliseRowsGradient(This *this, int q){
   int c = this->p[(q + 2)];
   if (org_netloom_tensor_opencl_DeviceMemory__eights(this, c)==0){
      org_netloom_tensor_opencl_ReduceKernels__normaliseGradient(this, q);
   } else {
      int n = this->p[(q + 1)] / c;
      int from = org_netloom_tensor_opencl_DeviceMemory__first(this, n);
      int until = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
      int whole = (c / 8) * 8;
      for (int j = 0; j<whole; j+=8){
         org_netloom_tensor_opencl_NormRowKernels__gradientEight(this, q, from, until, j);
      }
      for (int r = from; r<until; r++){
         for (int j = whole; j<c; j++){
            org_netloom_tensor_opencl_NormRowKernels__gradientOne(this, q, ((r * c) + j), j);
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_NormRowKernels__normaliseRows(This *this, int q){
   int c = this->p[(q + 2)];
   if (org_netloom_tensor_opencl_DeviceMemory__eights(this, c)==0){
      org_netloom_tensor_opencl_ReduceKernels__normalise(this, q);
   } else {
      int n = this->p[(q + 1)] / c;
      int from = org_netloom_tensor_opencl_DeviceMemory__first(this, n);
      int until = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
      int whole = (c / 8) * 8;
      for (int j = 0; j<whole; j+=8){
         org_netloom_tensor_opencl_NormRowKernels__normaliseEight(this, q, from, until, j);
      }
      for (int r = from; r<until; r++){
         for (int j = whole; j<c; j++){
            org_netloom_tensor_opencl_NormRowKernels__normaliseOne(this, q, ((r * c) + j), j);
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceKernels__combine(This *this, int q){
   int kind = this->p[(q + 1)];
   int count = this->p[(q + 2)];
   int c = this->p[(q + 3)];
   int blocks = this->p[(q + 4)];
    __global float* froms = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
   int from = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, c);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int j = org_netloom_tensor_opencl_DeviceMemory__first(this, c); j<end; j = j + step){
      float one = 0.0f;
      float two = 0.0f;
      if (kind==1){
         for (int b = 0; b<blocks; b++){
            {
               int rows = min((count - (b * 256)), 256);
               one = one + (froms[((from + ((2 * b) * c)) + j)] * (float)rows);
            }
         }
         one = one / (float)count;
         for (int b = 0; b<blocks; b++){
            {
               int rows = min((count - (b * 256)), 256);
               float d = froms[((from + ((2 * b) * c)) + j)] - one;
               two = two + (froms[((from + (((2 * b) + 1) * c)) + j)] + ((d * d) * (float)rows));
            }
         }
         two = 1.0f / sqrt(((two / (float)count) + this->f[this->p[(q + 8)]]));
      } else {
         for (int b = 0; b<blocks; b++){
            one = one + froms[((from + ((2 * b) * c)) + j)];
            two = two + froms[((from + (((2 * b) + 1) * c)) + j)];
         }
      }
      org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 6)])[org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 6)]) + j]  = one;
      if (kind!=0){
         org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 7)])[org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 7)]) + j]  = two;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ReduceRowKernels__columnSums(This *this, int q){
   int kind = this->p[(q + 1)];
   int c = this->p[(q + 3)];
   if (org_netloom_tensor_opencl_DeviceMemory__eights(this, c)==0 || kind>3){
      org_netloom_tensor_opencl_ReduceKernels__columns(this, q);
   } else {
      int blocks = this->p[(q + 4)];
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, blocks);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, blocks); i<end; i++){
         for (int j = 0; j<c; j+=8){
            if (kind<2){
               org_netloom_tensor_opencl_ReduceRowKernels__eightMoments(this, q, kind, i, min(j, (c - 8)));
            } else {
               org_netloom_tensor_opencl_ReduceRowKernels__eightGradients(this, q, kind, i, min(j, (c - 8)));
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__averagesGradient(This *this, int q){
   int c = this->p[(q + 6)];
   if (org_netloom_tensor_opencl_DeviceMemory__eights(this, c)==0){
      org_netloom_tensor_opencl_PoolKernels__averageGradient(this, q);
   } else {
      int n = this->p[(q + 1)] / c;
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i++){
         for (int j = 0; j<c; j+=8){
            org_netloom_tensor_opencl_PoolRowKernels__eightAverageGradients(this, q, i, min(j, (c - 8)));
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__averages(This *this, int q){
   int c = this->p[(q + 6)];
   if (org_netloom_tensor_opencl_DeviceMemory__eights(this, c)==0){
      org_netloom_tensor_opencl_PoolKernels__average(this, q);
   } else {
      int n = this->p[(q + 1)] / c;
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i++){
         for (int j = 0; j<c; j+=8){
            org_netloom_tensor_opencl_PoolRowKernels__eightAverages(this, q, i, min(j, (c - 8)));
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__maximaGradient(This *this, int q){
   int c = this->p[(q + 6)];
   if (org_netloom_tensor_opencl_DeviceMemory__eights(this, c)==0){
      org_netloom_tensor_opencl_PoolKernels__maximumGradient(this, q);
   } else {
      int n = this->p[(q + 1)] / c;
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i++){
         for (int j = 0; j<c; j+=8){
            org_netloom_tensor_opencl_PoolRowKernels__eightMaximaGradients(this, q, i, min(j, (c - 8)));
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_PoolRowKernels__maxima(This *this, int q, int where){
   int c = this->p[(q + 6)];
   if (org_netloom_tensor_opencl_DeviceMemory__eights(this, c)==0){
      org_netloom_tensor_opencl_PoolKernels__maximum(this, q, where);
   } else {
      int n = this->p[(q + 1)] / c;
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i++){
         for (int j = 0; j<c; j+=8){
            if (where==0){
               org_netloom_tensor_opencl_PoolRowKernels__eightMaxima(this, q, i, min(j, (c - 8)), this->p[(q + 3)]);
            } else {
               org_netloom_tensor_opencl_PoolRowKernels__eightMaxima(this, q, i, min(j, (c - 8)), this->p[(q + 13)]);
               org_netloom_tensor_opencl_PoolRowKernels__eightPlaces(this, q, i, min(j, (c - 8)));
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_LayoutKernels__sumAlong(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int inner = this->p[(q + 4)];
   int places = this->p[(q + 5)];
   int sums = this->p[(q + 6)];
   int starts = this->p[(q + 7)];
   int table = this->p[(q + 8)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int place = i / inner;
         int row = place / sums;
         int one = (starts + place) - (row * sums);
         float sum = 0.0f;
         for (int k = this->p[one]; k<this->p[(one + 1)]; k++){
            sum = sum + xs[(((x + (((row * places) + this->p[(table + k)]) * inner)) + i) - (place * inner))];
         }
         ys[y + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_LayoutKernels__scatterRows(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int length = this->p[(q + 4)];
   int starts = this->p[(q + 5)];
   int table = this->p[(q + 6)];
   int add = this->p[(q + 7)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int row = i / length;
         float sum = 0.0f;
         if (add==1){
            sum = xs[(x + i)];
         }
         for (int k = this->p[(starts + row)]; k<this->p[((starts + row) + 1)]; k++){
            sum = sum + ys[(((y + (this->p[(table + k)] * length)) + i) - (row * length))];
         }
         xs[x + i]  = sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_LayoutKernels__gatherRows(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int length = this->p[(q + 4)];
   int table = this->p[(q + 5)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int row = i / length;
         ys[y + i]  = xs[(((x + (this->p[(table + row)] * length)) + i) - (row * length))];
      }
   }
   return;
}
void org_netloom_tensor_opencl_LayoutKernels__tileGradient(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* gys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int gy = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* gxs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int gx = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int ins = this->p[(q + 4)];
   int positions = this->p[(q + 5)];
   int outsKept = this->p[(q + 6)];
   int insKept = this->p[(q + 7)];
   int row = this->p[(q + 8)];
   float factor = this->f[this->p[(q + 9)]];
   int outs = this->p[(q + 10)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int position = i / row;
         int column = i % row;
         float sum = 0.0f;
         if (column<(outsKept * insKept)){
            for (int o = column / insKept; o<outs; o = o + outsKept){
               for (int j = column % insKept; j<ins; j = j + insKept){
                  sum = sum + (factor * gys[((gy + (((o * ins) + j) * positions)) + position)]);
               }
            }
         }
         gxs[gx + i]  = gxs[(gx + i)] + sum;
      }
   }
   return;
}
void org_netloom_tensor_opencl_LayoutKernels__tile(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   int ins = this->p[(q + 4)];
   int positions = this->p[(q + 5)];
   int outsKept = this->p[(q + 6)];
   int insKept = this->p[(q + 7)];
   int row = this->p[(q + 8)];
   float factor = this->f[this->p[(q + 9)]];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         int filter = i / positions;
         int column = (((filter / ins) % outsKept) * insKept) + ((filter % ins) % insKept);
         ys[y + i]  = factor * xs[((x + ((i - (filter * positions)) * row)) + column)];
      }
   }
   return;
}
void org_netloom_tensor_opencl_LayoutKernels__move(This *this, int q, int scatter){
   if (this->spread==0){
      org_netloom_tensor_opencl_ElementRowKernels__moveRows(this, q, scatter);
   } else {
      org_netloom_tensor_opencl_LayoutKernels__moveValues(this, q, scatter);
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__blend(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* ws = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int w = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   float keep = this->f[this->p[(q + 4)]];
   float factor = this->f[(this->p[(q + 4)] + 1)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      ws[w + i]  = (keep * ws[(w + i)]) + (factor * xs[(x + i)]);
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__dropPath(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   float probability = this->f[this->p[(q + 5)]] * org_netloom_tensor_opencl_DeviceMemory__operand(this, q, 6, 0);
   long stream = (long)(this->p[(q + 7)] + 1);
   long key = ((long)this->p[(q + 4)] * -7046029254386353131L) + (stream * 4294967296L);
   float scale = 1.0f / (1.0f - probability);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         float v = 0.0f;
         if (org_netloom_tensor_opencl_ElementKernels__uniform(this, (key + (long)(i / this->p[(q + 8)])))>=probability){
            v = xs[(x + i)] * scale;
         }
         ys[y + i]  = v;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__dropout(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   long stream = (long)this->p[(q + 6)];
   long key = ((long)this->p[(q + 4)] * -7046029254386353131L) - (stream * 4294967296L);
   float probability = this->f[this->p[(q + 5)]];
   float scale = this->f[(this->p[(q + 5)] + 1)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      {
         float v = 0.0f;
         if (org_netloom_tensor_opencl_ElementKernels__uniform(this, (key + (long)i))>=probability){
            v = xs[(x + i)] * scale;
         }
         ys[y + i]  = v;
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__channelScale(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* gs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int g = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int c = this->p[(q + 5)];
   int image = this->p[(q + 6)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      ys[y + i]  = xs[(x + i)] * gs[((g + ((i / image) * c)) + (i % c))];
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__addRepeated(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* bs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int b = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
   int period = this->p[(q + 5)];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      ys[y + i]  = xs[(x + i)] + bs[(b + (i % period))];
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__scale(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
   float factor = this->f[this->p[(q + 4)]];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      ys[y + i]  = factor * xs[(x + i)];
   }
   return;
}
void org_netloom_tensor_opencl_ElementRowKernels__addRows(This *this, int q){
   if (this->spread!=0 || this->p[(q + 3)]!=2){
      org_netloom_tensor_opencl_ElementKernels__add(this, q);
   } else {
       __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
      int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
       __global float* as = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
      int a = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
       __global float* bs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
      int b = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, this->p[(q + 1)]);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, this->p[(q + 1)]); i<end; i++){
         ys[y + i]  = as[(a + i)] + bs[(b + i)];
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementRowKernels__applyRowsGradient(This *this, int q){
   if (this->spread!=0 || this->p[(q + 2)]!=0){
      org_netloom_tensor_opencl_ElementKernels__applyGradient(this, q);
   } else {
       __global float* gys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
      int gy = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
       __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
      int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
       __global float* gxs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 5)]);
      int gx = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 5)]);
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, this->p[(q + 1)]);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, this->p[(q + 1)]); i<end; i++){
         {
            float slope = 0.0f;
            if (xs[(x + i)]>0.0f){
               slope = 1.0f;
            }
            gxs[gx + i]  = gys[(gy + i)] * slope;
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementRowKernels__applyRows(This *this, int q){
   if (this->spread!=0 || this->p[(q + 2)]!=0){
      org_netloom_tensor_opencl_ElementKernels__apply(this, q);
   } else {
       __global float* xs = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 3)]);
      int x = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 3)]);
       __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 4)]);
      int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 4)]);
      int end = org_netloom_tensor_opencl_DeviceMemory__end(this, this->p[(q + 1)]);
      for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, this->p[(q + 1)]); i<end; i++){
         {
            float v = xs[(x + i)];
            if (v<=0.0f){
               v = 0.0f;
            }
            ys[y + i]  = v;
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__fill(This *this, int q){
   int n = this->p[(q + 1)];
    __global float* ys = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->p[(q + 2)]);
   int y = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->p[(q + 2)]);
   float value = this->f[this->p[(q + 3)]];
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      ys[y + i]  = value;
   }
   return;
}
float org_netloom_tensor_opencl_ElementKernels__down(This *this,  __global float* values, int at, int i){
   float value = 0.0f;
   if (i<this->amount){
      value = values[(at + i)];
   } else {
      value = org_netloom_tensor_opencl_DeviceMemory__memory(this, ((i - this->amount) << 29))[0];
   }
   return(value);
}
void org_netloom_tensor_opencl_ArenaKernel__updated(This *this, int q, int op){
   if (op==42){
      org_netloom_tensor_opencl_UpdateKernels__squares(this, q);
   } else {
      if (op==43){
         org_netloom_tensor_opencl_UpdateKernels__root(this, q);
      } else {
         if (op==44){
            org_netloom_tensor_opencl_UpdateKernels__adam(this, q);
         } else {
            if (op==45){
               org_netloom_tensor_opencl_UpdateKernels__sgd(this, q);
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ArenaKernel__sequential(This *this, int q, int op){
   if (op==38){
      org_netloom_tensor_opencl_AttentionKernels__softmax(this, q);
   } else {
      if (op==39){
         org_netloom_tensor_opencl_AttentionKernels__softmaxGradient(this, q);
      } else {
         if (op==40){
            org_netloom_tensor_opencl_SweepKernels__sweeps(this, q);
         } else {
            if (op==41){
               org_netloom_tensor_opencl_SweepKernels__sweepsGradient(this, q);
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ArenaKernel__multiplied(This *this, int q, int op){
   if (op==32){
      if (this->spread!=0){
         org_netloom_tensor_opencl_ProductKernels__product(this, q);
      } else {
         org_netloom_tensor_opencl_RowProductKernels__rowProduct(this, q);
      }
   } else {
      if (op==33){
         org_netloom_tensor_opencl_ProductKernels__pack(this, q);
      } else {
         if (op==34){
            org_netloom_tensor_opencl_ProductKernels__sumSlices(this, q);
         } else {
            if (op==35){
               org_netloom_tensor_opencl_DepthwiseKernels__depthwise(this, q, 0);
            } else {
               if (op==36){
                  org_netloom_tensor_opencl_DepthwiseKernels__depthwise(this, q, 1);
               } else {
                  if (op==37){
                     org_netloom_tensor_opencl_DepthwiseKernels__depthwiseWeightGradient(this, q);
                  }
               }
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ArenaKernel__reduced(This *this, int q, int op){
   if (op==22){
      org_netloom_tensor_opencl_ReduceRowKernels__columnSums(this, q);
   } else {
      if (op==23){
         org_netloom_tensor_opencl_ReduceKernels__combine(this, q);
      } else {
         if (op==24){
            org_netloom_tensor_opencl_NormRowKernels__normaliseRows(this, q);
         } else {
            if (op==25){
               org_netloom_tensor_opencl_NormRowKernels__normaliseRowsGradient(this, q);
            } else {
               if (op==26){
                  org_netloom_tensor_opencl_ReduceKernels__layerNorm(this, q);
               } else {
                  if (op==27){
                     org_netloom_tensor_opencl_ReduceKernels__layerNormGradient(this, q);
                  } else {
                     if (op==28){
                        org_netloom_tensor_opencl_ReduceKernels__total(this, q);
                     } else {
                        if (op==29){
                           org_netloom_tensor_opencl_ReduceKernels__crossEntropy(this, q);
                        } else {
                           if (op==30){
                              org_netloom_tensor_opencl_ReduceKernels__crossEntropyGradient(this, q);
                           } else {
                              if (op==31){
                                 org_netloom_tensor_opencl_ReduceKernels__imageDots(this, q);
                              }
                           }
                        }
                     }
                  }
               }
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ArenaKernel__pooled(This *this, int q, int op){
   if (op==17){
      org_netloom_tensor_opencl_PoolRowKernels__maxima(this, q, 0);
   } else {
      if (op==18){
         org_netloom_tensor_opencl_PoolRowKernels__maxima(this, q, 1);
      } else {
         if (op==19){
            org_netloom_tensor_opencl_PoolRowKernels__maximaGradient(this, q);
         } else {
            if (op==20){
               org_netloom_tensor_opencl_PoolRowKernels__averages(this, q);
            } else {
               if (op==21){
                  org_netloom_tensor_opencl_PoolRowKernels__averagesGradient(this, q);
               }
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ArenaKernel__layout(This *this, int q, int op){
   if (op==10){
      org_netloom_tensor_opencl_LayoutKernels__move(this, q, 0);
   } else {
      if (op==11){
         org_netloom_tensor_opencl_LayoutKernels__move(this, q, 1);
      } else {
         if (op==12){
            org_netloom_tensor_opencl_LayoutKernels__tile(this, q);
         } else {
            if (op==13){
               org_netloom_tensor_opencl_LayoutKernels__tileGradient(this, q);
            } else {
               if (op==14){
                  org_netloom_tensor_opencl_LayoutKernels__gatherRows(this, q);
               } else {
                  if (op==15){
                     org_netloom_tensor_opencl_LayoutKernels__scatterRows(this, q);
                  } else {
                     if (op==16){
                        org_netloom_tensor_opencl_LayoutKernels__sumAlong(this, q);
                     }
                  }
               }
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ArenaKernel__element(This *this, int q, int op){
   if (op==0){
      org_netloom_tensor_opencl_ElementKernels__fill(this, q);
   } else {
      if (op==1){
         org_netloom_tensor_opencl_ElementRowKernels__applyRows(this, q);
      } else {
         if (op==2){
            org_netloom_tensor_opencl_ElementRowKernels__applyRowsGradient(this, q);
         } else {
            if (op==3){
               org_netloom_tensor_opencl_ElementRowKernels__addRows(this, q);
            } else {
               if (op==4){
                  org_netloom_tensor_opencl_ElementKernels__scale(this, q);
               } else {
                  if (op==5){
                     org_netloom_tensor_opencl_ElementKernels__addRepeated(this, q);
                  } else {
                     if (op==6){
                        org_netloom_tensor_opencl_ElementKernels__channelScale(this, q);
                     } else {
                        if (op==7){
                           org_netloom_tensor_opencl_ElementKernels__dropout(this, q);
                        } else {
                           if (op==8){
                              org_netloom_tensor_opencl_ElementKernels__dropPath(this, q);
                           } else {
                              if (op==9){
                                 org_netloom_tensor_opencl_ElementKernels__blend(this, q);
                              }
                           }
                        }
                     }
                  }
               }
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ElementKernels__transfer(This *this){
   int n = this->amount + 4;
    __global float* values = org_netloom_tensor_opencl_DeviceMemory__memory(this, this->place);
   int at = org_netloom_tensor_opencl_DeviceMemory__inside(this, this->place);
   int end = org_netloom_tensor_opencl_DeviceMemory__end(this, n);
   int step = org_netloom_tensor_opencl_DeviceMemory__step(this);
   for (int i = org_netloom_tensor_opencl_DeviceMemory__first(this, n); i<end; i = i + step){
      if (this->transfer==1){
         if (i<this->amount){
            values[at + i]  = this->stage[i];
         }
      } else {
         if (this->transfer==2){
            if (i<this->amount){
               values[at + i]  = this->slot[i];
            }
         } else {
            if (this->transfer==3){
               this->stage[i]  = org_netloom_tensor_opencl_ElementKernels__down(this, values, at, i);
            } else {
               this->slot[i]  = org_netloom_tensor_opencl_ElementKernels__down(this, values, at, i);
            }
         }
      }
   }
   return;
}
void org_netloom_tensor_opencl_ArenaKernel__step(This *this, int q, int op){
   if (op<10){
      org_netloom_tensor_opencl_ArenaKernel__element(this, q, op);
   } else {
      if (op<17){
         org_netloom_tensor_opencl_ArenaKernel__layout(this, q, op);
      } else {
         if (op<22){
            org_netloom_tensor_opencl_ArenaKernel__pooled(this, q, op);
         } else {
            if (op<32){
               org_netloom_tensor_opencl_ArenaKernel__reduced(this, q, op);
            } else {
               if (op<38){
                  org_netloom_tensor_opencl_ArenaKernel__multiplied(this, q, op);
               } else {
                  if (op<42){
                     org_netloom_tensor_opencl_ArenaKernel__sequential(this, q, op);
                  } else {
                     org_netloom_tensor_opencl_ArenaKernel__updated(this, q, op);
                  }
               }
            }
         }
      }
   }
   return;
}
__kernel void run(
   __global int *p, 
   __global float *arena, 
   __local float *left, 
   int spread, 
   __global float *f, 
   __local float *right, 
   __local int *rows, 
   __local int *inner, 
   int amount, 
   int place, 
   int transfer, 
   __global float *stage, 
   __global float *slot, 
   int start, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->p = p;
   this->arena = arena;
   this->left = left;
   this->spread = spread;
   this->f = f;
   this->right = right;
   this->rows = rows;
   this->inner = inner;
   this->amount = amount;
   this->place = place;
   this->transfer = transfer;
   this->stage = stage;
   this->slot = slot;
   this->start = start;
   this->passid = passid;
   {
      if (this->transfer==0){
         {
            int q = this->p[(this->start + get_pass_id(this))];
            org_netloom_tensor_opencl_ArenaKernel__step(this, q, this->p[q]);
         }
      } else {
         org_netloom_tensor_opencl_ElementKernels__transfer(this);
      }
      return;
   }
}
