;; Kernels between eight rows and many support vectors. vector-kernels.ts calls these functions; scripts/wat.mjs
;; compiles them.
;;
;; A v128 register has two rows, so that four registers have eight. Every sum is added in the order of the plain loops
;; of libsvm, so that every result is the same to the last bit.
;;
;; Eight rows lie side by side as f64: row r of column c is at (c * 8 + r) * 8 bytes, and so do the results: row r of
;; vector k is at (k * 8 + r) * 8. The memory starts with the tables of math/exp.ts. All addresses are in bytes. Nothing
;; is checked.

(module
  (import "env" "memory" (memory 1))
  (import "env" "exp" (func $exp (param f64) (result f64)))

  ;; The constants of math/exp.ts.
  (import "env" "stepsPerUnit" (global $stepsPerUnit f64))
  (import "env" "rounder" (global $rounder f64))
  (import "env" "stepHigh" (global $stepHigh f64))
  (import "env" "stepLow" (global $stepLow f64))
  (import "env" "errorMax" (global $errorMax f64))
  (import "env" "normalMin" (global $normalMin f64))
  (import "env" "normalMax" (global $normalMax f64))

  ;; Dot products of eight rows with each vector, added column by column.
  (func (export "dots")
    (param $rows i32)        ;; address of the eight rows
    (param $vectors i32)     ;; address of the first vector: its columns as f64
    (param $vectorsEnd i32)  ;; address behind the last vector
    (param $rowsLength i32)  ;; bytes of the eight rows
    (param $out i32)         ;; address of the first vector's eight results
    (local $row i32)         ;; address of the eight rows' values of one column
    (local $rowsEnd i32)
    (local $value v128)      ;; the vector's value of one column, twice
    (local $term v128)
    (local $sum0 v128) (local $sum1 v128) (local $sum2 v128) (local $sum3 v128)

    (local.set $rowsEnd (i32.add (local.get $rows) (local.get $rowsLength)))
    (loop $vector
      (local.set $row (local.get $rows))
      (local.set $sum0 (v128.const f64x2 0 0))
      (local.set $sum1 (v128.const f64x2 0 0))
      (local.set $sum2 (v128.const f64x2 0 0))
      (local.set $sum3 (v128.const f64x2 0 0))
      (loop $column
        (local.set $value (v128.load64_splat (local.get $vectors)))
        (local.set $term (f64x2.mul (v128.load (local.get $row)) (local.get $value)))
        (local.set $sum0 (f64x2.add (local.get $sum0) (local.get $term)))
        (local.set $term (f64x2.mul (v128.load offset=16 (local.get $row)) (local.get $value)))
        (local.set $sum1 (f64x2.add (local.get $sum1) (local.get $term)))
        (local.set $term (f64x2.mul (v128.load offset=32 (local.get $row)) (local.get $value)))
        (local.set $sum2 (f64x2.add (local.get $sum2) (local.get $term)))
        (local.set $term (f64x2.mul (v128.load offset=48 (local.get $row)) (local.get $value)))
        (local.set $sum3 (f64x2.add (local.get $sum3) (local.get $term)))
        (local.set $vectors (i32.add (local.get $vectors) (i32.const 8)))
        (local.set $row (i32.add (local.get $row) (i32.const 64)))
        (br_if $column (i32.lt_s (local.get $row) (local.get $rowsEnd))))
      (v128.store (local.get $out) (local.get $sum0))
      (v128.store offset=16 (local.get $out) (local.get $sum1))
      (v128.store offset=32 (local.get $out) (local.get $sum2))
      (v128.store offset=48 (local.get $out) (local.get $sum3))
      (local.set $out (i32.add (local.get $out) (i32.const 64)))
      (br_if $vector (i32.lt_s (local.get $vectors) (local.get $vectorsEnd)))))

  ;; Squared Euclidean distances of eight rows to each vector, added column by column.
  (func (export "squaredDistances")
    (param $rows i32)        ;; address of the eight rows
    (param $vectors i32)     ;; address of the first vector: its columns as f64
    (param $vectorsEnd i32)  ;; address behind the last vector
    (param $rowsLength i32)  ;; bytes of the eight rows
    (param $out i32)         ;; address of the first vector's eight results
    (local $row i32)         ;; address of the eight rows' values of one column
    (local $rowsEnd i32)
    (local $value v128)      ;; the vector's value of one column, twice
    (local $term v128)
    (local $sum0 v128) (local $sum1 v128) (local $sum2 v128) (local $sum3 v128)

    (local.set $rowsEnd (i32.add (local.get $rows) (local.get $rowsLength)))
    (loop $vector
      (local.set $row (local.get $rows))
      (local.set $sum0 (v128.const f64x2 0 0))
      (local.set $sum1 (v128.const f64x2 0 0))
      (local.set $sum2 (v128.const f64x2 0 0))
      (local.set $sum3 (v128.const f64x2 0 0))
      (loop $column
        (local.set $value (v128.load64_splat (local.get $vectors)))
        (local.set $term (f64x2.sub (v128.load (local.get $row)) (local.get $value)))
        (local.set $sum0 (f64x2.add (local.get $sum0) (f64x2.mul (local.get $term) (local.get $term))))
        (local.set $term (f64x2.sub (v128.load offset=16 (local.get $row)) (local.get $value)))
        (local.set $sum1 (f64x2.add (local.get $sum1) (f64x2.mul (local.get $term) (local.get $term))))
        (local.set $term (f64x2.sub (v128.load offset=32 (local.get $row)) (local.get $value)))
        (local.set $sum2 (f64x2.add (local.get $sum2) (f64x2.mul (local.get $term) (local.get $term))))
        (local.set $term (f64x2.sub (v128.load offset=48 (local.get $row)) (local.get $value)))
        (local.set $sum3 (f64x2.add (local.get $sum3) (f64x2.mul (local.get $term) (local.get $term))))
        (local.set $vectors (i32.add (local.get $vectors) (i32.const 8)))
        (local.set $row (i32.add (local.get $row) (i32.const 64)))
        (br_if $column (i32.lt_s (local.get $row) (local.get $rowsEnd))))
      (v128.store (local.get $out) (local.get $sum0))
      (v128.store offset=16 (local.get $out) (local.get $sum1))
      (v128.store offset=32 (local.get $out) (local.get $sum2))
      (v128.store offset=48 (local.get $out) (local.get $sum3))
      (local.set $out (i32.add (local.get $out) (i32.const 64)))
      (br_if $vector (i32.lt_s (local.get $vectors) (local.get $vectorsEnd)))))

  ;; Adds coefficient * value to eight sums, vector by vector.
  (func (export "addWeighted")
    (param $coefficients i32)  ;; address of the first vector's coefficient, an f64
    (param $values i32)        ;; address of the first vector's eight values
    (param $valuesEnd i32)     ;; address behind the last vector's eight values
    (param $out i32)           ;; address of the eight sums
    (local $coefficient v128)  ;; one vector's coefficient, twice
    (local $sum0 v128) (local $sum1 v128) (local $sum2 v128) (local $sum3 v128)

    (local.set $sum0 (v128.load (local.get $out)))
    (local.set $sum1 (v128.load offset=16 (local.get $out)))
    (local.set $sum2 (v128.load offset=32 (local.get $out)))
    (local.set $sum3 (v128.load offset=48 (local.get $out)))
    (loop $vector
      (local.set $coefficient (v128.load64_splat (local.get $coefficients)))
      (local.set $sum0 (f64x2.add (local.get $sum0)
        (f64x2.mul (local.get $coefficient) (v128.load (local.get $values)))))
      (local.set $sum1 (f64x2.add (local.get $sum1)
        (f64x2.mul (local.get $coefficient) (v128.load offset=16 (local.get $values)))))
      (local.set $sum2 (f64x2.add (local.get $sum2)
        (f64x2.mul (local.get $coefficient) (v128.load offset=32 (local.get $values)))))
      (local.set $sum3 (f64x2.add (local.get $sum3)
        (f64x2.mul (local.get $coefficient) (v128.load offset=48 (local.get $values)))))
      (local.set $coefficients (i32.add (local.get $coefficients) (i32.const 8)))
      (local.set $values (i32.add (local.get $values) (i32.const 64)))
      (br_if $vector (i32.lt_s (local.get $values) (local.get $valuesEnd))))
    (v128.store (local.get $out) (local.get $sum0))
    (v128.store offset=16 (local.get $out) (local.get $sum1))
    (v128.store offset=32 (local.get $out) (local.get $sum2))
    (v128.store offset=48 (local.get $out) (local.get $sum3)))

  ;; Replaces each value by e^(factor * value), two at a time. The steps, the tables and the names are those of
  ;; math/exp.ts.
  (func (export "exponentials")
    (param $values i32)     ;; address of the first value
    (param $valuesEnd i32)  ;; address behind the last one
    (param $factor f64)
    (local $x v128)
    (local $step v128)      ;; x in steps of ln2 / 4096, rounded to an integer
    (local $whole v128)     ;; the same as i32 in lanes 0 and 1
    (local $r v128)         ;; what the steps leave of x
    (local $first v128) (local $second v128)  ;; entries of a table for the two lanes: a high part and a low part each
    (local $coarse v128) (local $coarseLow v128)
    (local $fine v128) (local $fineLow v128)
    (local $product v128) (local $productLow v128)
    (local $series v128)    ;; e^r - 1
    (local $rest v128)
    (local $high v128) (local $low v128)      ;; high + low is the result without its power of 2
    (local $powerOf2 v128)

    (loop $pair
      (local.set $x (f64x2.mul (f64x2.splat (local.get $factor)) (v128.load (local.get $values))))

      ;; step = x * stepsPerUnit + rounder - rounder;  r = x - step * stepHigh - step * stepLow
      (local.set $step (f64x2.sub
        (f64x2.add
          (f64x2.mul (local.get $x) (f64x2.splat (global.get $stepsPerUnit)))
          (f64x2.splat (global.get $rounder)))
        (f64x2.splat (global.get $rounder))))
      (local.set $r (f64x2.sub
        (f64x2.sub (local.get $x) (f64x2.mul (local.get $step) (f64x2.splat (global.get $stepHigh))))
        (f64x2.mul (local.get $step) (f64x2.splat (global.get $stepLow)))))
      (local.set $whole (i32x4.trunc_sat_f64x2_s_zero (local.get $step)))

      ;; The coarse table has 64 entries of 16 bytes at 0, found by bits 6 to 11 of the step.
      (local.set $first (v128.load
        (i32.and (i32.shr_s (i32x4.extract_lane 0 (local.get $whole)) (i32.const 2)) (i32.const 0x3f0))))
      (local.set $second (v128.load
        (i32.and (i32.shr_s (i32x4.extract_lane 1 (local.get $whole)) (i32.const 2)) (i32.const 0x3f0))))
      (local.set $coarse
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $first) (local.get $second)))
      (local.set $coarseLow
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $first) (local.get $second)))

      ;; The fine table follows it at 1024, found by bits 0 to 5.
      (local.set $first (v128.load offset=1024
        (i32.and (i32.shl (i32x4.extract_lane 0 (local.get $whole)) (i32.const 4)) (i32.const 0x3f0))))
      (local.set $second (v128.load offset=1024
        (i32.and (i32.shl (i32x4.extract_lane 1 (local.get $whole)) (i32.const 4)) (i32.const 0x3f0))))
      (local.set $fine
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $first) (local.get $second)))
      (local.set $fineLow
        (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $first) (local.get $second)))

      ;; product + productLow = (coarse + coarseLow) * (fine + fineLow)
      (local.set $product (f64x2.mul (local.get $coarse) (local.get $fine)))
      (local.set $productLow (f64x2.add
        (f64x2.mul (local.get $coarse) (local.get $fineLow))
        (f64x2.add
          (f64x2.mul (local.get $coarseLow) (local.get $fine))
          (f64x2.mul (local.get $coarseLow) (local.get $fineLow)))))

      ;; series = r + r * r * (1/2 + r * (1/6 + r * 1/24))
      (local.set $series (f64x2.add (local.get $r)
        (f64x2.mul
          (f64x2.mul (local.get $r) (local.get $r))
          (f64x2.add (v128.const f64x2 0.5 0.5)
            (f64x2.mul (local.get $r)
              (f64x2.add (v128.const f64x2 0x1.5555555555555p-3 0x1.5555555555555p-3)
                (f64x2.mul (local.get $r) (v128.const f64x2 0x1.5555555555555p-5 0x1.5555555555555p-5))))))))

      ;; rest = product * series + (productLow + productLow * series);  high + low = product + rest
      (local.set $rest (f64x2.add
        (f64x2.mul (local.get $product) (local.get $series))
        (f64x2.add (local.get $productLow) (f64x2.mul (local.get $productLow) (local.get $series)))))
      (local.set $high (f64x2.add (local.get $product) (local.get $rest)))
      (local.set $low (f64x2.sub (local.get $rest) (f64x2.sub (local.get $high) (local.get $product))))

      ;; The upper bits of the step are the exponent: 2^k is the double with k + 1023 in its exponent field.
      (local.set $powerOf2 (i64x2.shl
        (i64x2.add
          (i64x2.extend_low_i32x4_s (i32x4.shr_s (local.get $whole) (i32.const 12)))
          (v128.const i64x2 1023 1023))
        (i32.const 52)))
      (v128.store (local.get $values) (f64x2.mul (local.get $high) (local.get $powerOf2)))

      ;; Rare: a result so near the middle of two doubles, or so near the end of the range, that only more digits
      ;; decide.
      (if (i32.eqz (i64x2.all_true (v128.and
          (f64x2.eq
            (f64x2.add (local.get $high) (f64x2.sub (local.get $low) (f64x2.splat (global.get $errorMax))))
            (f64x2.add (local.get $high) (f64x2.add (local.get $low) (f64x2.splat (global.get $errorMax)))))
          (v128.and
            (f64x2.gt (local.get $x) (f64x2.splat (global.get $normalMin)))
            (f64x2.lt (local.get $x) (f64x2.splat (global.get $normalMax)))))))
        (then
          (local.set $x (f64x2.replace_lane 0 (local.get $x) (call $exp (f64x2.extract_lane 0 (local.get $x)))))
          (local.set $x (f64x2.replace_lane 1 (local.get $x) (call $exp (f64x2.extract_lane 1 (local.get $x)))))
          (v128.store (local.get $values) (local.get $x))))

      (local.set $values (i32.add (local.get $values) (i32.const 16)))
      (br_if $pair (i32.lt_s (local.get $values) (local.get $valuesEnd)))))
)
